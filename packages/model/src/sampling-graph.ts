import type { GptConfig, HostTensor } from "@topogenie/core";
import { gptParameters, resolveGptConfig } from "@topogenie/core";
import { add, multiply, scale } from "./autodiff/arithmetic.js";
import { concatenate, reshape } from "./autodiff/layout.js";
import { Tape } from "./autodiff/tape.js";
import type { Heads } from "./gpt.js";
import { gptLogits } from "./gpt.js";
import type { Value } from "./onnx/graph.js";
import { OnnxGraph } from "./onnx/graph.js";

export type CachePart = "key" | "value";
export const cacheParts: readonly CachePart[] = ["key", "value"];
export const pastInput = (part: CachePart, layer: number): string => `past.${part}.${layer}`;
export const newOutput = (part: CachePart, layer: number): string => `new.${part}.${layer}`;

/**
 * A graph that reads one token a row and gives the logits of the next. The weights are part of it, so that the engine can lay
 * them out for its products once.
 *
 * Inputs: `tokens` and `positions` `[rows]`, int32; `unwritten` `[capacity]`, what is added to the scores of the places of the
 * past: 0, or very negative where nothing is written yet; for each layer the keys so far, `[rows, heads, d, capacity]`, and the
 * values, `[rows, heads, capacity, d]`. Outputs: `logits` `[rows, vocabularySize]`; for each layer the token's own keys and
 * values, `[rows, heads, 1, d]`. The past lies as the products read it, so that it is neither turned nor joined to what is new:
 * with one query a row such copies cost more than the products.
 */
export function samplingGraph(config: GptConfig, weights: ReadonlyMap<string, HostTensor>): Uint8Array {
  const resolved = resolveGptConfig(config);
  const { heads, width } = resolved;
  const headWidth = width / heads;
  const graph = new OnnxGraph();
  const tape = new Tape(graph);
  const parameters = new Map(
    gptParameters(config).map(({ name, shape }) => {
      return [name, graph.initializer(name, "float32", shape, (weights.get(name) as HostTensor).data)];
    }),
  );
  const rows = "rows";
  const capacity = "capacity";
  const tokens = graph.input("tokens", "int32", [rows]);
  const positions = graph.input("positions", "int32", [rows]);
  const unwritten = graph.input("unwritten", "float32", [capacity]);

  const attend = (layer: number, { query, key, value }: Heads): Value => {
    const pastKeys = graph.input(pastInput("key", layer), "float32", [rows, heads, headWidth, capacity]);
    const pastValues = graph.input(pastInput("value", layer), "float32", [rows, heads, capacity, headWidth]);
    graph.output(newOutput("key", layer), key);
    graph.output(newOutput("value", layer), value);
    const product = (a: Value, b: Value, columns: string | number): Value =>
      graph.emit("MatMul", [a, b], [rows, heads, 1, columns]);
    const past = add(tape, product(query, pastKeys, capacity), unwritten);
    const own = product(query, reshape(tape, key, [rows, heads, headWidth, 1]), 1);
    // Scaled here, and not before: a product with a factor takes a slower path in the engine.
    const scores = scale(tape, concatenate(tape, [past, own], 3), 1 / Math.sqrt(headWidth));
    const looks = graph.emit("Softmax", [scores], scores.shape, { axis: -1 });
    const cut = (start: number, end: number, columns: string | number): Value =>
      graph.emit("Slice", [looks, ...[start, end, 3].map((bound) => graph.integers([bound]))], [rows, heads, 1, columns]);
    const ofPast = product(cut(0, -1, capacity), pastValues, headWidth);
    return add(tape, ofPast, multiply(tape, cut(-1, AXIS_END, 1), value));
  };
  const logits = gptLogits(
    tape,
    resolved,
    (name) => parameters.get(name) as Value,
    { rows, length: 1, tokens, positions },
    { attend, dropout: (_layer, _place, x) => x },
  );
  graph.output("logits", logits);
  return graph.encode();
}

/** Beyond the end of any axis. */
const AXIS_END = 2 ** 31 - 1;

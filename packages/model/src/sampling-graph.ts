import type { GptConfig, HostTensor } from "@topogenie/core";
import { gptParameters, resolveGptConfig } from "@topogenie/core";
import { attention } from "./autodiff/attention.js";
import { concatenate, reshape, transpose } from "./autodiff/layout.js";
import { Tape } from "./autodiff/tape.js";
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
 * Inputs: `tokens` and `positions` `[rows]`, int32; for each layer the keys and values so far, `[past, rows, heads, d]`.
 * Outputs: `logits` `[rows, vocabularySize]`; for each layer the token's own keys and values, `[1, rows, heads, d]`. With time
 * as the first axis the host appends them where they belong and never copies the past.
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
  const tokens = graph.input("tokens", "int32", [rows]);
  const positions = graph.input("positions", "int32", [rows]);

  /** Appends the token's own to the past, and turns time into the last axis but one. */
  const remember = (part: CachePart, layer: number, own: Value): Value => {
    const past = graph.input(pastInput(part, layer), "float32", ["past", rows, heads, headWidth]);
    const now = reshape(tape, own, [1, rows, heads, headWidth]);
    graph.output(newOutput(part, layer), now);
    return transpose(tape, concatenate(tape, [past, now], 0), [1, 2, 0, 3]);
  };
  const logits = gptLogits(
    tape,
    resolved,
    (name) => parameters.get(name) as Value,
    { rows, length: 1, tokens, positions },
    {
      attend: (layer, { query, key, value }) =>
        attention(tape, { query, key: remember("key", layer, key), value: remember("value", layer, value) }),
      dropout: (_layer, _place, x) => x,
    },
  );
  graph.output("logits", logits);
  return graph.encode();
}

import type { GptConfig } from "@topogenie/core";
import { gptParameters, resolveGptConfig } from "@topogenie/core";
import { multiply, scale } from "./autodiff/arithmetic.js";
import { attention } from "./autodiff/attention.js";
import { crossEntropy } from "./autodiff/cross-entropy.js";
import { Tape } from "./autodiff/tape.js";
import { gptLogits } from "./gpt.js";
import type { Value } from "./onnx/graph.js";
import { OnnxGraph } from "./onnx/graph.js";

/** Added to the scores of keys that a query may not see. */
const FORBIDDEN = -1e9;
/** Dropout masks are bytes: a place is dropped when its byte is below `dropout * 256`. */
const BYTE_VALUES = 256;

/** A tensor of random bytes that the graph wants at each step. */
export interface DropoutInput {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface WholeSequenceGraph {
  readonly model: Uint8Array;
  readonly dropoutInputs: readonly DropoutInput[];
}

export const gradientOutput = (parameter: string): string => `gradient.${parameter}`;

/**
 * A graph over whole sequences. Its inputs: the weights by name; `tokens`, `positions` and `targets` `[rows * length]` and
 * `documents` `[rows, length]`, int32; `targetWeights` `[rows * length]`. Its outputs:
 * - `train`: `loss`, `gradientNorm` and a gradient for each weight;
 * - `evaluate`: `loss`, without dropout;
 * - `logits`: `logits` `[rows * length, vocabularySize]`, without dropout.
 */
export function wholeSequenceGraph(
  config: GptConfig,
  rows: number,
  length: number,
  purpose: "train" | "evaluate" | "logits",
): WholeSequenceGraph {
  const resolved = resolveGptConfig(config);
  const graph = new OnnxGraph();
  const tape = new Tape(graph);
  const weights = new Map(
    gptParameters(config).map(({ name, shape }) => {
      const input = graph.input(name, "float32", shape);
      return [name, purpose === "train" ? tape.watch(input) : input];
    }),
  );
  const places = rows * length;
  const tokens = graph.input("tokens", "int32", [places]);
  const positions = graph.input("positions", "int32", [places]);
  const mask = attentionMask(graph, graph.input("documents", "int32", [rows, length]), rows, length);

  const dropoutInputs: DropoutInput[] = [];
  const dropping = purpose === "train" && resolved.dropout > 0;
  const keepFactors = (site: string, shape: readonly number[]): Value => {
    const name = `dropout.${site}`;
    dropoutInputs.push({ name, shape });
    return keepFactorsOf(tape, graph.input(name, "uint8", shape), resolved.dropout);
  };
  const logits = gptLogits(
    tape,
    resolved,
    (name) => weights.get(name) as Value,
    { rows, length, tokens, positions },
    {
      attend: (layer, heads) => {
        const keep = dropping ? keepFactors(`blocks.${layer}.attention`, [rows, resolved.heads, length, length]) : undefined;
        return attention(tape, { ...heads, mask, keep });
      },
      dropout: (site, x) => (dropping ? multiply(tape, x, keepFactors(site, [places, resolved.width])) : x),
    },
  );
  if (purpose === "logits") {
    graph.output("logits", logits);
    return { model: graph.encode(), dropoutInputs };
  }
  const targets = graph.input("targets", "int32", [places]);
  const loss = crossEntropy(tape, logits, targets, graph.input("targetWeights", "float32", [places]));
  graph.output("loss", loss);
  if (purpose === "train") {
    const names = [...weights.keys()];
    const gradients = tape.gradients(loss, [...weights.values()]);
    graph.output("gradientNorm", globalNorm(graph, gradients));
    gradients.forEach((gradient, index) => graph.output(gradientOutput(names[index] as string), gradient));
  }
  return { model: graph.encode(), dropoutInputs };
}

/** `[rows, 1, length, length]`: 0 where the key is of the query's document and not after it, very negative elsewhere. */
function attentionMask(graph: OnnxGraph, documents: Value, rows: number, length: number): Value {
  const square = [rows, 1, length, length];
  const column = graph.emit("Reshape", [documents, graph.integers([rows, 1, length, 1])], [rows, 1, length, 1], {}, "int32");
  const row = graph.emit("Reshape", [documents, graph.integers([rows, 1, 1, length])], [rows, 1, 1, length], {}, "int32");
  const same = graph.emit("Equal", [column, row], square, {}, "bool");
  const earlier = Uint8Array.from({ length: length * length }, (_, index) =>
    index % length <= Math.floor(index / length) ? 1 : 0,
  );
  const causal = graph.initializer("causal", "bool", [length, length], earlier);
  const seen = graph.emit("And", [same, causal], square, {}, "bool");
  return graph.emit("Where", [seen, graph.scalar(0), graph.scalar(FORBIDDEN)], square);
}

/** 1 / (share that is kept) where the byte says keep, else 0. The share is exact: dropout is rounded to 256ths. */
function keepFactorsOf(tape: Tape, bytes: Value, dropout: number): Value {
  const { graph } = tape;
  const threshold = Math.round(dropout * BYTE_VALUES);
  const numbers = graph.emit("Cast", [bytes], bytes.shape, { to: 1 });
  const kept = graph.emit("Greater", [numbers, graph.scalar(threshold - 0.5)], bytes.shape, {}, "bool");
  return scale(tape, graph.emit("Cast", [kept], bytes.shape, { to: 1 }), BYTE_VALUES / (BYTE_VALUES - threshold));
}

function globalNorm(graph: OnnxGraph, gradients: readonly Value[]): Value {
  const squares = gradients.map((gradient) => graph.emit("ReduceSumSquare", [gradient], [], { keepdims: 0 }));
  return graph.emit("Sqrt", [graph.emit("Sum", squares, [])], []);
}

import type { DropoutPlace, GptConfig, ResolvedGptConfig } from "@topogenie/core";
import { dropoutRule, dropoutSite, gptParameters, resolveGptConfig } from "@topogenie/core";
import { adamWOutputs, emitAdamW } from "./adamw-graph.js";
import { multiply, scale } from "./autodiff/arithmetic.js";
import { attention } from "./autodiff/attention.js";
import { crossEntropy } from "./autodiff/cross-entropy.js";
import { concatenate, reshape, slice } from "./autodiff/layout.js";
import { Tape } from "./autodiff/tape.js";
import type { Heads } from "./gpt.js";
import { gptLogits } from "./gpt.js";
import type { Value } from "./onnx/graph.js";
import { OnnxGraph } from "./onnx/graph.js";

/** Added to the scores of keys that a query may not see. */
export const FORBIDDEN = -1e9;

/** Queries that look back together. */
const CHUNK = 128;

/** A tensor of random bytes that the graph wants at each step. */
export interface DropoutInput {
  readonly name: string;
  /** Of the random stream. */
  readonly site: number;
  readonly shape: readonly number[];
}

export interface WholeSequenceGraph {
  readonly model: Uint8Array;
  readonly dropoutInputs: readonly DropoutInput[];
  /** Outputs that need not leave the device. */
  readonly deviceOutputs: readonly string[];
}

export type Purpose = "gradients" | "update" | "evaluate" | "logits";

export const gradientOutput = (parameter: string): string => `gradient.${parameter}`;

/**
 * A graph over whole sequences. Its inputs: the weights by name; `tokens`, `positions` and `targets` `[rows * length]` and
 * `documents` `[rows, length]`, int32; `targetWeights` `[rows * length]`. Its outputs:
 * - `gradients`: `loss`, `gradientNorm` and a gradient for each weight;
 * - `update`: `loss`, `gradientNorm`, and weights and moments as they are after a step of AdamW, whose moments and numbers are
 *   inputs;
 * - `evaluate`: `loss`, without dropout;
 * - `logits`: `logits` `[rows * length, vocabularySize]`, without dropout.
 */
export function wholeSequenceGraph(config: GptConfig, rows: number, length: number, purpose: Purpose): WholeSequenceGraph {
  const resolved = resolveGptConfig(config);
  const parameters = gptParameters(config);
  const isTraining = purpose === "gradients" || purpose === "update";
  const graph = new OnnxGraph();
  const tape = new Tape(graph);
  const weights = new Map(
    parameters.map(({ name, shape }) => {
      const input = graph.input(name, "float32", shape);
      return [name, isTraining ? tape.watch(input) : input];
    }),
  );
  const places = rows * length;
  const tokens = graph.input("tokens", "int32", [places]);
  const positions = graph.input("positions", "int32", [places]);
  const documents = graph.input("documents", "int32", [rows, length]);
  const masks = chunksOf(length).map((chunk) => attentionMask(tape, documents, chunk));

  const dropoutInputs: DropoutInput[] = [];
  const dropping = isTraining && resolved.dropout > 0;
  const keepFactors = (layer: number, place: DropoutPlace, shape: readonly number[]): Value => {
    const site = dropoutSite(layer, place);
    const name = `dropout.${site}`;
    dropoutInputs.push({ name, site, shape });
    return keepFactorsOf(tape, graph.input(name, "uint8", shape), resolved);
  };
  const logits = gptLogits(
    tape,
    resolved,
    (name) => weights.get(name) as Value,
    { rows, length, tokens, positions },
    {
      attend: (layer, heads) => {
        const keep = dropping ? keepFactors(layer, "attention", [rows, resolved.heads, length, length]) : undefined;
        return causalAttention(tape, heads, masks, keep);
      },
      dropout: (layer, place, x) => (dropping ? multiply(tape, x, keepFactors(layer, place, [places, resolved.width])) : x),
    },
  );
  if (purpose === "logits") {
    graph.output("logits", logits);
    return { model: graph.encode(), dropoutInputs, deviceOutputs: [] };
  }
  const targets = graph.input("targets", "int32", [places]);
  const loss = crossEntropy(tape, logits, targets, graph.input("targetWeights", "float32", [places]));
  graph.output("loss", loss);
  if (isTraining) {
    const gradients = tape.gradients(loss, [...weights.values()]);
    const norm = globalNorm(graph, gradients);
    graph.output("gradientNorm", norm);
    if (purpose === "update") emitAdamW(tape, parameters, [...weights.values()], gradients, norm);
    else gradients.forEach((gradient, index) => graph.output(gradientOutput(parameters[index]?.name ?? ""), gradient));
  }
  return { model: graph.encode(), dropoutInputs, deviceOutputs: purpose === "update" ? adamWOutputs(parameters) : [] };
}

/** Queries from `start` to before `end`; they see keys before `end` only. */
interface QueryChunk {
  readonly start: number;
  readonly end: number;
}

interface ChunkMask extends QueryChunk {
  readonly mask: Value;
}

function chunksOf(length: number): QueryChunk[] {
  const count = Math.ceil(length / CHUNK);
  return Array.from({ length: count }, (_, index) => ({ start: index * CHUNK, end: Math.min(length, (index + 1) * CHUNK) }));
}

/**
 * Attention chunk of queries by chunk, each over the keys up to its end: with n chunks the products and the softmax are
 * (n + 1) / 2n of those over all keys, most of which the mask would forbid.
 */
function causalAttention(tape: Tape, { query, key, value }: Heads, masks: readonly ChunkMask[], keep: Value | undefined): Value {
  const time = 2;
  const parts = masks.map(({ start, end, mask }) =>
    attention(tape, {
      query: slice(tape, query, time, start, end),
      key: slice(tape, key, time, 0, end),
      value: slice(tape, value, time, 0, end),
      mask,
      keep: keep && slice(tape, slice(tape, keep, time, start, end), time + 1, 0, end),
    }),
  );
  return parts.length === 1 ? (parts[0] as Value) : concatenate(tape, parts, time);
}

/** `[rows, 1, end - start, end]`: 0 where the key is of the query's document and not after it, very negative elsewhere. */
function attentionMask(tape: Tape, documents: Value, { start, end }: QueryChunk): ChunkMask {
  const { graph } = tape;
  const [rows] = documents.shape as [number];
  const shape = [rows, 1, end - start, end];
  const column = reshape(tape, slice(tape, documents, 1, start, end), [rows, 1, end - start, 1]);
  const row = reshape(tape, slice(tape, documents, 1, 0, end), [rows, 1, 1, end]);
  const same = graph.emit("Equal", [column, row], shape, {}, "bool");
  const earlier = Uint8Array.from({ length: (end - start) * end }, (_, index) =>
    index % end <= start + Math.floor(index / end) ? 1 : 0,
  );
  const causal = graph.initializer(`causal.${start}`, "bool", [end - start, end], earlier);
  const seen = graph.emit("And", [same, causal], shape, {}, "bool");
  return { start, end, mask: graph.emit("Where", [seen, graph.scalar(0), graph.scalar(FORBIDDEN)], shape) };
}

/** By which activations are multiplied: 0 where they are dropped. */
function keepFactorsOf(tape: Tape, bytes: Value, config: ResolvedGptConfig): Value {
  const { graph } = tape;
  const { threshold, factor } = dropoutRule(config);
  const numbers = graph.emit("Cast", [bytes], bytes.shape, { to: 1 });
  const kept = graph.emit("Greater", [numbers, graph.scalar(threshold - 0.5)], bytes.shape, {}, "bool");
  return scale(tape, graph.emit("Cast", [kept], bytes.shape, { to: 1 }), factor);
}

function globalNorm(graph: OnnxGraph, gradients: readonly Value[]): Value {
  const squares = gradients.map((gradient) => graph.emit("ReduceSumSquare", [gradient], [], { keepdims: 0 }));
  return graph.emit("Sqrt", [graph.emit("Sum", squares, [])], []);
}

import type { ModelState } from "@topogenie/core";
import { gptParameters, resolveGptConfig, TopogenieError } from "@topogenie/core";
import { attention } from "./autodiff/attention.js";
import { reshape } from "./autodiff/layout.js";
import { Tape } from "./autodiff/tape.js";
import { gptLogits } from "./gpt.js";
import type { Value } from "./onnx/graph.js";
import { OnnxGraph } from "./onnx/graph.js";
import { FORBIDDEN } from "./whole-sequence-graph.js";

/**
 * A model as a file of its own, for every program that runs ONNX: input `tokens` `[1, length]`, int64, one sentence of any
 * length up to the context, its start included; output `logits` `[1, length, vocabulary]`. Config and vocabulary are in its
 * metadata, as JSON.
 */
export function exportOnnx({ config, tensors }: ModelState, vocabulary: readonly string[]): Uint8Array {
  const resolved = resolveGptConfig(config);
  const graph = new OnnxGraph();
  const tape = new Tape(graph);
  const weights = new Map(
    gptParameters(config).map(({ name, shape }) => {
      const data = tensors.get(name)?.data;
      if (data === undefined)
        throw new TopogenieError("MODEL_STATE_INVALID", `Tensor "${name}" of the model's state is missing.`);
      return [name, graph.initializer(name, "float32", shape, data)];
    }),
  );
  const length = "length";
  const tokens = reshape(tape, graph.input("tokens", "int64", [1, length]), [length]);
  const positions = positionsOf(graph, tokens);
  const mask = causalMask(tape, positions);
  const logits = gptLogits(
    tape,
    resolved,
    (name) => weights.get(name) as Value,
    { rows: 1, length, tokens, positions },
    { attend: (_, heads) => attention(tape, { ...heads, mask }), dropout: (_layer, _place, x) => x },
  );
  graph.output("logits", reshape(tape, logits, [1, length, resolved.vocabularySize]));
  return graph.encode({ config: JSON.stringify(resolved), vocabulary: JSON.stringify(vocabulary) });
}

/** 0, 1, 2 … as many as there are tokens, int64. */
function positionsOf(graph: OnnxGraph, tokens: Value): Value {
  const count = graph.emit("Size", [tokens], [], {}, "int64");
  return graph.emit("Range", [graph.wholeNumber(0), count, graph.wholeNumber(1)], tokens.shape, {}, "int64");
}

/** `[length, length]`: 0 where the key is not after the query, very negative elsewhere. */
function causalMask(tape: Tape, positions: Value): Value {
  const { graph } = tape;
  const [length] = positions.shape;
  if (length === undefined) throw new Error("Positions must be a list.");
  const query = reshape(tape, positions, [length, 1]);
  const key = reshape(tape, positions, [1, length]);
  const seen = graph.emit("LessOrEqual", [key, query], [length, length], {}, "bool");
  return graph.emit("Where", [seen, graph.scalar(0), graph.scalar(FORBIDDEN)], [length, length]);
}

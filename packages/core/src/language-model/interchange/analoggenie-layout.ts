import type { GptConfig, HostTensor, ModelState } from "../../contracts/model-backend.js";
import { resolveGptConfig } from "../gpt-parameters.js";
import { copied, countOf, modelOf, stateDictInvalid, tensorOf, transposed, type StateDict } from "./state-dict.js";

const LAYOUT = "AnalogGenie's network";

const EMBEDDINGS = {
  "embedding.tokens": "token_embedding_table.weight",
  "embedding.positions": "position_embedding_table.weight",
};
const LINEAR = { "attention.projection": "sa.proj", "mlp.expand": "ffwd.net.0", "mlp.contract": "ffwd.net.2" };
const NORMS = { norm1: "ln1", norm2: "ln2" };
const QKV = ["query", "key", "value"] as const;

/** Whether these are weights in this layout, whole or not. */
export function isAnalogGenie(weights: StateDict): boolean {
  return weights.has(EMBEDDINGS["embedding.tokens"]) || weights.has(headName(0, 0, "query"));
}

/**
 * A model from weights in the layout of AnalogGenie's published network (`Models/GPT.py` of github.com/xz-group/AnalogGenie):
 * queries, keys and values apart for each head, ReLU, an untied head. The dropout is not part of them.
 * Throws `STATE_DICT_INVALID` naming the tensor that is missing or of another shape.
 */
export function fromAnalogGenie(weights: StateDict, dropout: number): ModelState {
  const [vocabularySize = 0, width = 0] = tensorOf(weights, EMBEDDINGS["embedding.tokens"], LAYOUT).shape;
  const [context = 0] = tensorOf(weights, EMBEDDINGS["embedding.positions"], LAYOUT).shape;
  const layers = countOf(weights, (layer) => `blocks.${layer}.ln1.weight`);
  const heads = countOf(weights, (head) => headName(0, head, "query"));
  const config = resolveGptConfig({ layers, heads, width, context, vocabularySize, dropout });
  const tensors = new Map<string, HostTensor>();
  for (const [own, theirs] of Object.entries(EMBEDDINGS)) tensors.set(own, copied(tensorOf(weights, theirs, LAYOUT)));
  for (const [own, theirs] of pairsOf(config)) tensors.set(own, turned(tensorOf(weights, theirs, LAYOUT)));
  for (let layer = 0; layer < layers; layer++) tensors.set(`blocks.${layer}.attention.qkv`, joinHeads(weights, layer, config));
  return modelOf(config, tensors, LAYOUT);
}

/** The weights of a model in that layout. Throws `STATE_DICT_INVALID` when the model is of another variant. */
export function toAnalogGenie({ config, tensors }: ModelState): Map<string, HostTensor> {
  const { norm, positions, activation, qkNorm, tiedHead, layers, heads, width } = resolveGptConfig(config);
  if (norm !== "layer" || positions !== "learned" || activation !== "relu" || qkNorm || tiedHead) {
    throw stateDictInvalid(LAYOUT, "only LayerNorm, learned positions, ReLU and an untied head can be written in it");
  }
  const weights = new Map<string, HostTensor>();
  for (const [own, theirs] of Object.entries(EMBEDDINGS)) weights.set(theirs, copied(tensorOf(tensors, own, LAYOUT)));
  for (const [own, theirs] of pairsOf(config)) weights.set(theirs, turned(tensorOf(tensors, own, LAYOUT)));
  const d = width / heads;
  for (let layer = 0; layer < layers; layer++) {
    const rows = transposed(tensorOf(tensors, `blocks.${layer}.attention.qkv`, LAYOUT)).data;
    QKV.forEach((part, index) => {
      for (let head = 0; head < heads; head++) {
        const from = (index * heads + head) * d * width;
        weights.set(headName(layer, head, part), { shape: [d, width], data: rows.slice(from, from + d * width) });
      }
    });
  }
  return weights;
}

/** Own and their names of everything but the embeddings, queries, keys and values. */
function pairsOf({ layers }: GptConfig): [own: string, theirs: string][] {
  const blocks = Array.from({ length: layers }, (_, layer): [string, string][] => [
    ...Object.entries(NORMS).flatMap(([own, theirs]) => normPairs(`blocks.${layer}.${own}`, `blocks.${layer}.${theirs}`)),
    ...Object.entries(LINEAR).flatMap(([own, theirs]) => linearPairs(`blocks.${layer}.${own}`, `blocks.${layer}.${theirs}`)),
  ]);
  return [...blocks.flat(), ...normPairs("norm", "ln_f"), ...linearPairs("head", "lm_head")];
}

function normPairs(own: string, theirs: string): [string, string][] {
  return [
    [`${own}.gain`, `${theirs}.weight`],
    [`${own}.bias`, `${theirs}.bias`],
  ];
}

function linearPairs(own: string, theirs: string): [string, string][] {
  return [
    [own, `${theirs}.weight`],
    [`${own}.bias`, `${theirs}.bias`],
  ];
}

/** Queries of all heads, then keys, then values, as the columns of one matrix. */
function joinHeads(weights: StateDict, layer: number, { heads, width }: GptConfig): HostTensor {
  const rows = new Float32Array(3 * width * width);
  const d = width / heads;
  QKV.forEach((part, index) => {
    for (let head = 0; head < heads; head++) {
      const { shape, data } = tensorOf(weights, headName(layer, head, part), LAYOUT);
      if (shape[0] !== d || shape[1] !== width)
        throw stateDictInvalid(LAYOUT, `"${headName(layer, head, part)}" is ${shape.join(" x ")}, and ${d} x ${width} is needed`);
      rows.set(data, (index * heads + head) * d * width);
    }
  });
  return transposed({ shape: [3 * width, width], data: rows });
}

function headName(layer: number, head: number, part: string): string {
  return `blocks.${layer}.sa.heads.${head}.${part}.weight`;
}

/** Matrices are transposed; gains and biases are as they are. */
function turned(tensor: HostTensor): HostTensor {
  return tensor.shape.length === 2 ? transposed(tensor) : copied(tensor);
}

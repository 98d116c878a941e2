import type { GptConfig, HostTensor, ModelState } from "../../contracts/model-backend.js";
import { copied, countOf, modelOf, stateDictInvalid, tensorOf, transposed, type StateDict } from "./state-dict.js";

const LAYOUT = "nanoGPT's network";
const TOKENS = "transformer.wte.weight";

/** What nanoGPT's weights do not say of themselves. */
export interface NanoGptSettings {
  readonly heads: number;
  readonly activation: NonNullable<GptConfig["activation"]>;
  readonly dropout: number;
}

export function isNanoGpt(weights: StateDict): boolean {
  return weights.has(TOKENS);
}

/**
 * A model from weights in the layout of nanoGPT (github.com/karpathy/nanoGPT): queries, keys and values in one matrix, learned
 * positions, LayerNorm and linear layers with or without bias, the head tied to the token table or of its own.
 *
 * Our network's queries, keys and values have no bias. A bias of the keys adds the same to all scores of a query, so that the
 * softmax drops it; one of the values is carried through the attention, whose weights sum to 1, into the projection's bias. A
 * bias of the queries has no place: unless it is 0, `STATE_DICT_INVALID` is thrown, as for a tensor that is missing.
 */
export function fromNanoGpt(weights: StateDict, { heads, activation, dropout }: NanoGptSettings): ModelState {
  const table = tensorOf(weights, TOKENS, LAYOUT);
  const [vocabularySize = 0, width = 0] = table.shape;
  const positions = tensorOf(weights, "transformer.wpe.weight", LAYOUT);
  const layers = countOf(weights, (layer) => `transformer.h.${layer}.ln_1.weight`);
  const head = weights.get("lm_head.weight");
  const tiedHead = head === undefined || isSame(head, table);
  const config = {
    layers,
    heads,
    width,
    context: positions.shape[0] ?? 0,
    vocabularySize,
    dropout,
    activation,
    tiedHead,
  } satisfies GptConfig;

  const tensors = new Map<string, HostTensor>([
    ["embedding.tokens", copied(table)],
    ["embedding.positions", copied(positions)],
  ]);
  const putNorm = (own: string, theirs: string): void => {
    tensors.set(`${own}.gain`, copied(tensorOf(weights, `${theirs}.weight`, LAYOUT)));
    tensors.set(`${own}.bias`, biasOf(weights, theirs, width));
  };
  const putLinear = (own: string, theirs: string): void => {
    const matrix = transposed(tensorOf(weights, `${theirs}.weight`, LAYOUT));
    tensors.set(own, matrix);
    tensors.set(`${own}.bias`, biasOf(weights, theirs, matrix.shape[1] ?? 0));
  };
  for (let layer = 0; layer < layers; layer++) {
    const own = `blocks.${layer}`;
    const theirs = `transformer.h.${layer}`;
    putNorm(`${own}.norm1`, `${theirs}.ln_1`);
    putNorm(`${own}.norm2`, `${theirs}.ln_2`);
    putLinear(`${own}.attention.projection`, `${theirs}.attn.c_proj`);
    putLinear(`${own}.mlp.expand`, `${theirs}.mlp.c_fc`);
    putLinear(`${own}.mlp.contract`, `${theirs}.mlp.c_proj`);
    tensors.set(`${own}.attention.qkv`, transposed(tensorOf(weights, `${theirs}.attn.c_attn.weight`, LAYOUT)));
    foldBias(weights, `${theirs}.attn`, width, tensors.get(`${own}.attention.projection.bias`)?.data);
  }
  putNorm("norm", "transformer.ln_f");
  if (!tiedHead) tensors.set("head", transposed(head));
  tensors.set("head.bias", biasOf(weights, "lm_head", vocabularySize));
  return modelOf(config, tensors, LAYOUT);
}

/** Adds the projection of the values' bias to the projection's own. */
function foldBias(weights: StateDict, attention: string, width: number, bias: Float32Array | undefined): void {
  const name = `${attention}.c_attn.bias`;
  const all = weights.get(name)?.data;
  if (all === undefined || bias === undefined) return;
  if (all.length !== 3 * width)
    throw stateDictInvalid(LAYOUT, `"${name}" has ${all.length} numbers, and ${3 * width} are needed`);
  if (all.subarray(0, width).some((value) => value !== 0)) {
    throw stateDictInvalid(
      LAYOUT,
      `"${name}" gives the queries a bias, for which this network has no place: train with bias=False, as nanoGPT does by default`,
    );
  }
  const values = all.subarray(2 * width);
  const { data } = tensorOf(weights, `${attention}.c_proj.weight`, LAYOUT);
  for (let row = 0; row < width; row++) {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += (data[row * width + column] as number) * (values[column] as number);
    bias[row] = (bias[row] as number) + sum;
  }
}

function biasOf(weights: StateDict, name: string, size: number): HostTensor {
  const bias = weights.get(`${name}.bias`);
  return bias === undefined ? { shape: [size], data: new Float32Array(size) } : copied(bias);
}

function isSame(one: HostTensor, other: HostTensor): boolean {
  return one.data.length === other.data.length && one.data.every((value, index) => value === other.data[index]);
}

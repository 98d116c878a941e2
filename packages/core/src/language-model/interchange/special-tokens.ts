import { GROUND_PORT } from "../../circuit/ports.js";
import type { HostTensor, ModelState } from "../../contracts/model-backend.js";
import { specialTokens } from "../vocabulary.js";
import { transposed } from "./state-dict.js";

/** What ends a sentence of AnalogGenie's and fills the rest of its row. */
const END_WORD = "TRUNCATE";
/** So unlikely that no sentence has it. */
const NEVER = -100;

export interface SamplableModel {
  readonly state: ModelState;
  readonly vocabulary: readonly string[];
  /** The word that the start stands for, as in a checkpoint. */
  readonly startsWith: string;
}

/**
 * A model whose vocabulary has no special tokens but AnalogGenie's way of beginning and ending, with the special tokens in
 * their places: its sentences begin with VSS, so the start is that word over again; `TRUNCATE` becomes the end; padding is never
 * written. All else says the same as before. Undefined when the vocabulary does not have both words.
 */
export function withSpecialTokens({ config, step, tensors }: ModelState, words: readonly string[]): SamplableModel | undefined {
  const start = words.indexOf(GROUND_PORT);
  const end = words.indexOf(END_WORD);
  if (start < 0 || end < 0 || specialTokens.some((token) => words.includes(token))) return undefined;
  const others = [...words.keys()].filter((id) => id !== end);
  // Where each token's weights come from; padding has none.
  const sources = [-1, start, end, ...others];
  const vocabularySize = sources.length;
  const changed = new Map<string, HostTensor>([
    ["embedding.tokens", rowsOf(tensors.get("embedding.tokens"), sources)],
    ["head.bias", rowsOf(tensors.get("head.bias"), sources)],
  ]);
  const head = tensors.get("head");
  if (head !== undefined) changed.set("head", transposed(rowsOf(transposed(head), sources)));
  changed.get("head.bias")?.data.fill(NEVER, 0, 2);
  return {
    state: { config: { ...config, vocabularySize }, step, tensors: new Map([...tensors, ...changed]) },
    vocabulary: [...specialTokens, ...others.map((id) => words[id] as string)],
    startsWith: GROUND_PORT,
  };
}

/** Rows of a matrix, or elements of a list, in another order; zeros where the source is -1. */
function rowsOf(tensor: HostTensor | undefined, sources: readonly number[]): HostTensor {
  const [, width = 1] = must(tensor).shape;
  const data = new Float32Array(sources.length * width);
  sources.forEach((source, to) => {
    if (source >= 0) data.set(must(tensor).data.subarray(source * width, (source + 1) * width), to * width);
  });
  return { shape: [sources.length, ...must(tensor).shape.slice(1)], data };
}

function must(tensor: HostTensor | undefined): HostTensor {
  if (tensor === undefined) throw new Error("A model that was read has all its weights.");
  return tensor;
}

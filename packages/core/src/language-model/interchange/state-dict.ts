import type { GptConfig, HostTensor, ModelState } from "../../contracts/model-backend.js";
import { TopogenieError } from "../../runtime/error.js";
import { gptParameters, resolveGptConfig } from "../gpt-parameters.js";

/** Weights by PyTorch's names, its matrices output-major: y = x Wᵀ + b. */
export type StateDict = ReadonlyMap<string, HostTensor>;

/** A model with fresh optimizer state. Throws `STATE_DICT_INVALID` naming the first weight that is missing or misshapen. */
export function modelOf(config: GptConfig, tensors: ReadonlyMap<string, HostTensor>, layout: string): ModelState {
  for (const { name, shape } of gptParameters(config)) {
    const found = tensors.get(name)?.shape.join(" x ");
    if (found === shape.join(" x ")) continue;
    throw stateDictInvalid(layout, `"${name}" would be ${found ?? "missing"}, and ${shape.join(" x ")} is needed`);
  }
  return { config: resolveGptConfig(config), step: 0, tensors };
}

/** Throws `STATE_DICT_INVALID` when it is missing. */
export function tensorOf(weights: StateDict, name: string, layout: string): HostTensor {
  const tensor = weights.get(name);
  if (tensor === undefined) throw stateDictInvalid(layout, `"${name}" is missing`);
  return tensor;
}

/** How many of the names that a number gives are there, from 0 on. */
export function countOf(weights: StateDict, name: (index: number) => string): number {
  let count = 0;
  while (weights.has(name(count))) count++;
  return count;
}

export function transposed({ shape, data }: HostTensor): HostTensor {
  const [rows = 0, columns = 0] = shape;
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = data[row * columns + column] ?? 0;
  }
  return { shape: [columns, rows], data: result };
}

export function copied({ shape, data }: HostTensor): HostTensor {
  return { shape, data: data.slice() };
}

/** @param layout what the weights are taken for */
export function stateDictInvalid(layout: string, reason: string): TopogenieError {
  return new TopogenieError("STATE_DICT_INVALID", `These weights are not in the layout of ${layout}: ${reason}.`);
}

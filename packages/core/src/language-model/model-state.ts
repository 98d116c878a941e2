import type { HostTensor, ModelState } from "../contracts/model-backend.js";
import { TopogenieError } from "../runtime/error.js";
import type { GptParameter } from "./gpt-parameters.js";

/** The names of AdamW's moments of a weight in a {@link ModelState}. */
export const firstMoment = (weight: string): string => `adam.m.${weight}`;
export const secondMoment = (weight: string): string => `adam.v.${weight}`;

/** A copy of a tensor of a state; throws `MODEL_STATE_INVALID` when it is missing or has another size. */
export function stateTensor(tensors: ModelState["tensors"], name: string, shape: readonly number[]): Float32Array {
  const tensor = tensors.get(name);
  if (tensor?.data.length !== shape.reduce((product, size) => product * size, 1)) {
    throw new TopogenieError(
      "MODEL_STATE_INVALID",
      `Tensor "${name}" of the model's state is ${tensor === undefined ? "missing" : tensor.shape.join(" x ")}, and ${shape.join(" x ")} is needed.`,
    );
  }
  return tensor.data.slice();
}

/** A weight's two moments in a state; undefined when the state has none, as that of a model that was never trained. */
export function stateMoments(
  tensors: ReadonlyMap<string, HostTensor>,
  { name, shape }: Pick<GptParameter, "name" | "shape">,
): { readonly first: Float32Array; readonly second: Float32Array } | undefined {
  if (!tensors.has(firstMoment(name)) && !tensors.has(secondMoment(name))) return undefined;
  return { first: stateTensor(tensors, firstMoment(name), shape), second: stateTensor(tensors, secondMoment(name), shape) };
}

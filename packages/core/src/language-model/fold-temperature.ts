import type { HostTensor, ModelState } from "../contracts/model-backend.js";
import { gptParameters } from "./gpt-parameters.js";

/** What the logits are linear in: the last norm's parameters and the head's bias. */
const LINEAR = new Set(["norm.gain", "norm.bias", "head.bias"]);

/** The network whose logits are those of this one divided by the temperature, without an optimizer's moments. */
export function foldTemperature({ config, step, tensors }: ModelState, temperature: number): ModelState {
  const folded = gptParameters(config).map(({ name }) => {
    const { shape, data } = tensors.get(name) as HostTensor;
    return [name, { shape, data: LINEAR.has(name) ? data.map((value) => value / temperature) : data }] as const;
  });
  return { config, step, tensors: new Map(folded) };
}

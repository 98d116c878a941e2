import type { DeviceParameter, DeviceType } from "../../contracts/device-type.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

/** Sizes that an optimizer may choose. */
export function parameters(type: DeviceType): readonly BehaviourCheck[] {
  return [{ name: "has parameters with bounds that hold their default", run: () => type.parameters.forEach(checkParameter) }];
}

function checkParameter(parameter: DeviceParameter): void {
  const { name, minimum, maximum } = parameter;
  const says = `parameter "${name}"`;
  promise(/^[a-z][a-z0-9]*$/.test(name), `${says}: the name must be lower case letters and digits`);
  promise(parameter.title.trim() !== "" && parameter.unit.trim() !== "", `${says} needs a title and a unit`);
  promise([minimum, maximum, parameter.default].every(Number.isFinite), `${says}: bounds and default must be finite`);
  promise(minimum <= maximum, `${says}: minimum ${minimum} is above maximum ${maximum}`);
  promise(
    minimum <= parameter.default && parameter.default <= maximum,
    `${says}: default ${parameter.default} is outside ${minimum} to ${maximum}`,
  );
  promise(parameter.scale === "linear" || minimum > 0, `${says}: a logarithmic scale needs a minimum above 0`);
  if (parameter.integer === true) {
    promise([minimum, maximum, parameter.default].every(Number.isInteger), `${says}: bounds and default must be whole numbers`);
  }
}

import type { Circuit } from "../circuit/circuit.js";
import type { CircuitFamily, Testbench } from "../contracts/circuit-family.js";
import type { DeviceParameter, DeviceType } from "../contracts/device-type.js";
import { TopogenieError } from "../runtime/error.js";
import { joined, matchedDevices } from "./matched-devices.js";

/** One thing that an optimizer may choose: a size shared by matched devices, or a bias of the benches. SI units. */
export interface DesignVariable {
  /** Unique in the problem, for example `NM1=NM2.w` or `VB1`. */
  readonly name: string;
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly scale: "linear" | "log";
  readonly default: number;
  readonly integer: boolean;
  /** Values are whole multiples of this; absent where any value can be made. */
  readonly grid?: number;
  readonly sets:
    { readonly kind: "size"; readonly parameter: string; readonly devices: readonly string[] } | { readonly kind: "bias" };
}

export interface DesignVariableOptions {
  /** `symmetry` gives matched devices one size (see {@link matchedDevices}); `off` sizes every device alone. */
  readonly matching: "symmetry" | "off";
  /** Drawn lengths (parameters in metres) are whole multiples of this. Metres. */
  readonly manufacturingGrid: number;
  /** The family's bounds, where it has its own. */
  readonly bounds?: CircuitFamily["bounds"];
}

/** 5 nm is the grid of common 180 nm and 130 nm processes. */
export const defaultDesignVariableOptions: DesignVariableOptions = { matching: "symmetry", manufacturingGrid: 5e-9 };

/**
 * The variables of a sizing: the parameters of the devices in the circuit's order, then the benches' bias variables.
 * A size written in the netlist is the variable's default. A parameter whose bounds are equal is no variable.
 * Throws `SIZING_BOUNDS` when bounds cannot be searched, `DEVICE_TYPE_UNKNOWN` when a type is not loaded.
 */
export function designVariables(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  benches: readonly Testbench[],
  options: DesignVariableOptions = defaultDesignVariableOptions,
): DesignVariable[] {
  const variables = [...sizeVariables(circuit, deviceTypes, options), ...biasVariables(benches)];
  for (const { name, minimum, maximum, scale } of variables) {
    if (!(minimum < maximum) || (scale === "log" && !(minimum > 0))) {
      throw new TopogenieError(
        "SIZING_BOUNDS",
        `Circuit "${circuit.name}": variable "${name}" ranges from ${minimum} to ${maximum} on a ${scale} scale. ` +
          `Give it a minimum below its maximum, above zero where the scale is logarithmic.`,
      );
    }
  }
  return variables.map((variable) => ({
    ...variable,
    default: Math.min(variable.maximum, Math.max(variable.minimum, variable.default)),
  }));
}

function sizeVariables(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  options: DesignVariableOptions,
): DesignVariable[] {
  const { symmetric, mirrors } =
    options.matching === "off" ? { symmetric: [], mirrors: [] } : matchedDevices(circuit, deviceTypes);
  const alike = groupsByMember(symmetric);
  const alikeInLength = groupsByMember(joined([...symmetric, ...mirrors]));
  const order = new Map(circuit.devices.map((device, index) => [device.name, index]));
  const variables: DesignVariable[] = [];
  for (const device of circuit.devices) {
    const type = deviceTypes.get(device.type);
    if (type === undefined) {
      throw new TopogenieError(
        "DEVICE_TYPE_UNKNOWN",
        `Circuit "${circuit.name}": no loaded plugin provides the device type "${device.type}" of "${device.name}".`,
      );
    }
    for (const parameter of type.parameters) {
      if (parameter.minimum === parameter.maximum) continue;
      const group = (parameter.name === "l" ? alikeInLength : alike).get(device.name) ?? [device.name];
      const devices = [...group].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
      if (devices[0] !== device.name) continue;
      const bounded = { ...parameter, ...options.bounds?.[`${device.type}.${parameter.name}`] };
      variables.push(sizeVariable(bounded, devices, device.values[parameter.name], options.manufacturingGrid));
    }
  }
  return variables;
}

function sizeVariable(
  parameter: DeviceParameter,
  devices: readonly string[],
  written: number | undefined,
  grid: number,
): DesignVariable {
  const { minimum, maximum, scale, unit } = parameter;
  return {
    name: `${devices.join("=")}.${parameter.name}`,
    unit,
    minimum,
    maximum,
    scale,
    default: written ?? parameter.default,
    integer: parameter.integer ?? false,
    ...(unit === "m" ? { grid } : {}),
    sets: { kind: "size", parameter: parameter.name, devices },
  };
}

function biasVariables(benches: readonly Testbench[]): DesignVariable[] {
  const variables = new Map<string, DesignVariable>();
  for (const { variables: biases } of benches) {
    for (const { name, unit, minimum, maximum, scale, default: initial } of biases) {
      // Benches that name the same bias mean the same one.
      if (variables.has(name) || minimum === maximum) continue;
      variables.set(name, { name, unit, minimum, maximum, scale, default: initial, integer: false, sets: { kind: "bias" } });
    }
  }
  return [...variables.values()];
}

function groupsByMember(groups: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  return new Map(groups.flatMap((group) => group.map((member) => [member, group] as const)));
}

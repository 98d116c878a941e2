import type { DeviceType } from "../../contracts/device-type.js";
import type { Circuit } from "../circuit.js";

export interface RuleViolation {
  readonly rule: string;
  /** What is wrong, in a designer's words, naming devices and nets. */
  readonly message: string;
  readonly devices: readonly string[];
  readonly nets: readonly string[];
}

/** One electrical rule: a pure function with a name. */
export interface ElectricalRule {
  /** kebab-case, for example `no-supply-short`. */
  readonly name: string;
  readonly title: string;
  check(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): readonly RuleViolation[];
}

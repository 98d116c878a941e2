import type { DeviceType } from "../../contracts/device-type.js";
import type { Circuit } from "../circuit.js";
import { completeDevices } from "./complete-devices.js";
import { groundPresent } from "./ground-present.js";
import { noDanglingNet } from "./no-dangling-net.js";
import { noFloatingNet } from "./no-floating-net.js";
import { noShortedDevice } from "./no-shorted-device.js";
import { noSupplyShort } from "./no-supply-short.js";
import { oneCircuit } from "./one-circuit.js";
import { portsConnected } from "./ports-connected.js";
import type { ElectricalRule, RuleViolation } from "./rule.js";

/** The rules that every circuit must obey, whatever its family. */
export const electricalRules: readonly ElectricalRule[] = [
  completeDevices,
  groundPresent,
  portsConnected,
  noDanglingNet,
  noSupplyShort,
  noShortedDevice,
  noFloatingNet,
  oneCircuit,
];

/**
 * What is electrically wrong with a circuit, in the order of the rules; nothing when all hold.
 *
 * @param extra rules of a family, checked after {@link electricalRules}
 */
export function checkRules(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  extra: readonly ElectricalRule[] = [],
): readonly RuleViolation[] {
  return [...electricalRules, ...extra].flatMap((rule) => rule.check(circuit, deviceTypes));
}

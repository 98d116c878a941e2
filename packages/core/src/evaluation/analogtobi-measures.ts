import { canonicalHash } from "../circuit/canonical/canonical-form.js";
import { Circuit } from "../circuit/circuit.js";
import { noDanglingNet } from "../circuit/rules/no-dangling-net.js";
import { completeDevices } from "../circuit/rules/complete-devices.js";
import { isRail } from "../circuit/ports.js";
import type { DeviceType } from "../contracts/device-type.js";
import { share, type Share } from "./share.js";

/** The measures of AnalogToBi's scripts (github.com/Seungmin0825/AnalogToBi), under their names. */
export interface AnalogToBiMeasures {
  /** Electrical-rule validity: it decodes, every pin is on one net, every internal net is on two devices or more. */
  readonly validity: Share;
  /** Not isomorphic to a training circuit; what does not decode counts as novel, as in their scripts. */
  readonly novelty: Share;
  readonly validAndNovel: Share;
  /** Of the valid ones. */
  readonly noveltyGivenValid: Share;
}

/**
 * Novelty by these measures is isomorphism of the graph of devices and nets, with the numbers of devices and internal nets
 * dropped and ports kept as they are (`VIN1` is not `VIN2`). Drain and source are not exchangeable, ends of two-terminal devices
 * are. Copies among the attempts are not looked for.
 */
export function analogToBiMeasures(
  attempts: readonly { readonly circuit?: Circuit | undefined }[],
  training: readonly { readonly circuit: Circuit }[] | undefined,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): AnalogToBiMeasures | Pick<AnalogToBiMeasures, "validity"> {
  const valid = attempts.map(({ circuit }) => circuit !== undefined && isValid(circuit, deviceTypes));
  const validity = share(valid.filter(Boolean).length, attempts.length);
  if (training === undefined) return { validity };
  const strict = withoutExchange(deviceTypes);
  const known = new Set(training.map(({ circuit }) => namedPortsHash(circuit, strict)));
  const novel = attempts.map(
    ({ circuit }) => circuit === undefined || !areComplete(circuit, deviceTypes) || !known.has(namedPortsHash(circuit, strict)),
  );
  const both = valid.filter((isOne, index) => isOne && novel[index] === true).length;
  return {
    validity,
    novelty: share(novel.filter(Boolean).length, attempts.length),
    validAndNovel: share(both, attempts.length),
    noveltyGivenValid: share(both, validity.count),
  };
}

function isValid(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): boolean {
  return areComplete(circuit, deviceTypes) && noDanglingNet.check(circuit, deviceTypes).length === 0;
}

function areComplete(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): boolean {
  return completeDevices.check(circuit, deviceTypes).length === 0;
}

function withoutExchange(deviceTypes: ReadonlyMap<string, DeviceType>): ReadonlyMap<string, DeviceType> {
  return new Map(
    [...deviceTypes].map(([name, type]) => [name, type.pins.length === 2 ? type : { ...type, interchangeablePins: [] }]),
  );
}

/** The canonical form tells ports by their kind; a name that does not end in its number is a kind of its own. */
function namedPortsHash(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): string {
  const ports = new Set(circuit.ports);
  const kept = (net: string): string => (ports.has(net) && !isRail(net) ? `${net}.` : net);
  return canonicalHash(
    new Circuit({
      name: circuit.name,
      ports: circuit.ports.map(kept),
      devices: circuit.devices.map(({ name, type, nets }) => ({ name, type, nets: nets.map(kept) })),
    }),
    deviceTypes,
  );
}

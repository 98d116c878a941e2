import type { DeviceType } from "../../contracts/device-type.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

/** Pins are told apart, and everything said of pins is said of its own. */
export function pins(type: DeviceType): readonly BehaviourCheck[] {
  return [
    { name: "has pins that are told apart", run: () => checkPins(type) },
    { name: "speaks only of pins that it has", run: () => checkPinReferences(type) },
  ];
}

function checkPins(type: DeviceType): void {
  const names = type.pins.map((pin) => pin.name);
  promise(names.length >= 2, `a device needs two pins or more, this one has ${names.length}`);
  promise(new Set(names).size === names.length, `pin names ${names.join(" ")} repeat`);
  for (const pin of type.pins) {
    promise(/^[A-Z][A-Z0-9]*$/.test(pin.name), `pin "${pin.name}" must be upper case letters and digits: tokens end with it`);
    promise(pin.title.trim() !== "", `pin "${pin.name}" has no title`);
  }
}

function checkPinReferences(type: DeviceType): void {
  const known = new Set(type.pins.map((pin) => pin.name));
  const grouped = new Set<string>();
  for (const group of type.interchangeablePins) {
    promise(group.length >= 2, `interchangeablePins: the group [${group.join(", ")}] has nothing to swap`);
    for (const pin of group) {
      promise(known.has(pin), `interchangeablePins: there is no pin "${pin}"`);
      promise(!grouped.has(pin), `interchangeablePins: pin "${pin}" is listed twice`);
      grouped.add(pin);
    }
  }
  for (const [from, to] of type.conduction) {
    promise(known.has(from) && known.has(to), `conduction: [${from}, ${to}] names a pin that the device does not have`);
    promise(from !== to, `conduction: [${from}, ${to}] joins a pin to itself`);
  }
}

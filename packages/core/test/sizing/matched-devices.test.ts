import { describe, expect, it } from "vitest";
import { Circuit } from "../../src/circuit/circuit.js";
import { createRng } from "../../src/runtime/rng.js";
import { matchedDevices } from "../../src/sizing/matched-devices.js";
import {
  crossCoupledOscillator,
  fiveTransistorOta,
  symmetricalOta,
  telescopic,
  twoStageMiller,
  unlikeInputs,
} from "./amplifiers.js";
import { sizedDeviceTypes } from "./sized-device-types.js";

function groups(found: readonly (readonly string[])[]): string[] {
  return found.map((group) => [...group].sort().join(" ")).sort();
}

describe("devices that a designer would draw alike", () => {
  it.each([
    [fiveTransistorOta, ["M1 M2", "M3 M4"], ["M3 M4"]],
    [twoStageMiller, ["M1 M2", "M3 M4"], ["M3 M4", "M5 M7"]],
    [telescopic, ["M1 M2", "M3 M4", "M5 M6", "M7 M8"], ["M7 M8"]],
    [symmetricalOta, ["M1 M2", "M3 M4", "M5 M6", "M7 M8"], ["M3 M5", "M4 M6", "M7 M8"]],
    [crossCoupledOscillator, ["L1 L2", "M1 M2"], []],
    [unlikeInputs, [], []],
  ])("$0.name", (circuit, symmetric, mirrors) => {
    const found = matchedDevices(circuit, sizedDeviceTypes);
    expect(groups(found.symmetric)).toEqual(symmetric);
    expect(groups(found.mirrors)).toEqual(mirrors);
  });

  it("does not depend on the order or the names of devices and nets", () => {
    for (const [index, original] of [fiveTransistorOta, twoStageMiller, telescopic, symmetricalOta].entries()) {
      for (let trial = 0; trial < 20; trial++) {
        const rng = createRng(`${index} ${trial}`);
        const renamed = new Map(
          rng.shuffle([...original.nets.keys()].filter((net) => !original.isPort(net))).map((net, n) => [net, `x${n}`]),
        );
        const shuffled = new Circuit({
          name: original.name,
          ports: rng.shuffle(original.ports),
          devices: rng
            .shuffle(original.devices)
            .map((device) => ({ ...device, nets: device.nets.map((net) => renamed.get(net) ?? net) })),
        });
        expect(groups(matchedDevices(shuffled, sizedDeviceTypes).symmetric)).toEqual(
          groups(matchedDevices(original, sizedDeviceTypes).symmetric),
        );
      }
    }
  });
});

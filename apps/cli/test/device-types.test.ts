import { npn, pnp } from "@topogenie/devices-bipolar";
import { inverter, pfd, transmissionGate, xor } from "@topogenie/devices-logic";
import { nmos4, pmos4 } from "@topogenie/devices-mos";
import { capacitor, diode, inductor, resistor } from "@topogenie/devices-passive";
import { describe, expect, it } from "vitest";

const all = [nmos4, pmos4, npn, pnp, resistor, capacitor, inductor, diode, xor, pfd, inverter, transmissionGate];

describe("the built-in device types together", () => {
  it("have the token prefixes of the published vocabulary, each once", () => {
    expect(all.map((type) => type.tokenPrefix)).toEqual("NM PM NPN PNP R C L DIO XOR PFD INVERTER TRANSMISSION_GATE".split(" "));
  });

  it("have pin tokens that are never mistaken for another device's", () => {
    const tokens = all.flatMap((type) => [`${type.tokenPrefix}1`, ...type.pins.map((pin) => `${type.tokenPrefix}1_${pin.name}`)]);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it("give no two model cards one name, unless they are the same card", () => {
    const cards = new Map<string, unknown>();
    for (const model of all.flatMap((type) => type.models)) {
      expect(cards.get(model.name) ?? model).toEqual(model);
      cards.set(model.name, model);
    }
    expect([...cards.keys()].sort()).toEqual(["diode180", "logic_n", "logic_p", "nmos180", "npn180", "pmos180", "pnp180"]);
  });
});

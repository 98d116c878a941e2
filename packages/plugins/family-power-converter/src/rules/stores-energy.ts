import type { ElectricalRule } from "@topogenie/core";

const stores = new Set(["c", "l"]);

/** What a converter takes in one part of the period it gives in another, so something keeps it meanwhile. */
export const storesEnergy: ElectricalRule = {
  name: "power-converter-stores-energy",
  title: "A coil or capacitor beyond the output's and input's own carries the energy",
  check: (circuit, deviceTypes) => {
    const carriers = circuit.devices.filter(
      ({ type, nets }) => stores.has(deviceTypes.get(type)?.spiceLetter ?? "") && !nets.every((net) => circuit.isPort(net)),
    );
    if (carriers.length > 0) return [];
    const message = "Every capacitor lies between ports and there is no coil: nothing carries energy from input to output.";
    return [{ rule: "power-converter-stores-energy", message, devices: [], nets: [] }];
  },
};

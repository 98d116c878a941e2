import type { ElectricalRule } from "@topogenie/core";

/** The gate of a follower can hold for a moment, but a sampler is drawn with the capacitor that holds. */
export const keepsCharge: ElectricalRule = {
  name: "sampler-keeps-charge",
  title: "A capacitor holds the sample",
  check: (circuit, deviceTypes) =>
    circuit.devices.some(({ type }) => deviceTypes.get(type)?.spiceLetter === "c")
      ? []
      : [
          {
            rule: "sampler-keeps-charge",
            message: "The circuit has no capacitor that could hold a sample.",
            devices: [],
            nets: [],
          },
        ],
};

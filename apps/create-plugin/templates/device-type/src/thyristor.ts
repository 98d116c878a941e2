import type { DeviceInstance, DeviceType, ModelCard } from "@topogenie/core";

/** The pnp transistor from the anode and the npn transistor to the cathode: each feeds the other's base. */
const pnp: ModelCard = {
  name: "scr_pnp",
  type: "pnp",
  parameters: { is: 1e-15, bf: 2, br: 1, cje: 1e-12, cjc: 1e-12, tf: 1e-8 },
};
const npn: ModelCard = {
  name: "scr_npn",
  type: "npn",
  parameters: { is: 1e-15, bf: 20, br: 1, cje: 1e-12, cjc: 1e-12, tf: 1e-9 },
};

/** From the gate to the cathode: what leaks in the off state must not fire the device. */
const SHUNT_OHMS = 10e3;

/** The two-transistor model of a p-n-p-n switch (Ebers, Proceedings of the IRE 40, 1952). */
function twoTransistors({ name, nodes, values }: DeviceInstance) {
  const [anode = "", gate = "", cathode = ""] = nodes;
  // Nodes that a device adds begin with its own name, so that two devices never meet by accident.
  const inner = `${name}_base`;
  const { area = 1 } = values;
  return [
    { kind: "bipolar", name: `${name}_p`, nodes: [gate, inner, anode], model: pnp.name, values: { area } },
    { kind: "bipolar", name: `${name}_n`, nodes: [inner, gate, cathode], model: npn.name, values: { area } },
    { kind: "resistor", name: `${name}_shunt`, nodes: [gate, cathode], values: { r: SHUNT_OHMS } },
  ] as const;
}

/** A silicon-controlled rectifier: blocks until its gate is driven, then conducts until its current ends. */
export const thyristor: DeviceType = {
  name: "thyristor",
  tokenPrefix: "SCR",
  // Several elements make one device, which SPICE calls a subcircuit.
  spiceLetter: "x",
  title: "Silicon-controlled rectifier",
  pins: [
    { name: "A", title: "Anode" },
    { name: "G", title: "Gate" },
    { name: "K", title: "Cathode" },
  ],
  interchangeablePins: [],
  conduction: [
    ["A", "K"],
    ["G", "K"],
  ],
  parameters: [
    { name: "area", title: "Units in parallel", unit: "1", minimum: 1, maximum: 100, scale: "log", default: 4, integer: true },
  ],
  models: [pnp, npn],
  toSpice: twoTransistors,
  symbol: {
    width: 40,
    height: 40,
    pins: { A: { x: 20, y: 0, side: "north" }, G: { x: 40, y: 40, side: "south" }, K: { x: 20, y: 40, side: "south" } },
    strokes: ["M20 0 V12 M20 28 V40", "M10 12 H30 L20 28 Z", "M10 28 H30", "M24 28 L40 36 V40"],
    fills: [],
  },
};

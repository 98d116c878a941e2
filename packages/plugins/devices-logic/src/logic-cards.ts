import type { ModelCard } from "@topogenie/core";

/** Cards of the logic blocks' own transistors. */
export const logicNmosCard: ModelCard = {
  name: "logic_n",
  type: "nmos",
  parameters: { level: 1, vto: 0.45, kp: 170e-6, gamma: 0.4, phi: 0.8, lambda: 0.1, tox: 4.1e-9, cgso: 3e-10, cgdo: 3e-10 },
};

export const logicPmosCard: ModelCard = {
  name: "logic_p",
  type: "pmos",
  parameters: { level: 1, vto: -0.45, kp: 50e-6, gamma: 0.4, phi: 0.8, lambda: 0.1, tox: 4.1e-9, cgso: 3e-10, cgdo: 3e-10 },
};

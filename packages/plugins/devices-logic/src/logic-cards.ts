import type { ModelCard } from "@topogenie/core";

/**
 * The blocks' own transistors: the square law (level 1; Shichman and Hodges 1968), which is all that a gate asks for.
 * Oxide, thresholds, body effect and overlap are a 180 nm process's; kp is set so that the on-current at 1.8 V is the
 * 650 and 260 uA/um of such a process, which a square law with its true mobility would double.
 */
const shared = {
  level: 1,
  gamma: 0.43,
  phi: 0.9,
  lambda: 0.1,
  tox: 4.1e-9,
  cgso: 3.5e-10,
  cgdo: 3.5e-10,
  // A junction of 1 um by 0.48 um. SPICE's default leakage, 10 fA, would be ten thousand times too much.
  cbd: 0.7e-15,
  cbs: 0.7e-15,
  is: 1e-18,
  pb: 0.75,
  mj: 0.4,
  tnom: 27,
} as const;

export const logicNmosCard: ModelCard = {
  name: "logic_n",
  type: "nmos",
  parameters: { ...shared, vto: 0.45, kp: 109e-6 },
};

export const logicPmosCard: ModelCard = {
  name: "logic_p",
  type: "pmos",
  parameters: { ...shared, vto: -0.45, kp: 43.5e-6 },
};

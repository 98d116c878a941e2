import type { Schematic } from "@topogenie/building-blocks";
import { SUPPLY } from "@topogenie/core";

export const passes = ["pmos", "nmos", "nmos-own-well"] as const;
export type Pass = (typeof passes)[number];

export const passTitles: Readonly<Record<Pass, string>> = {
  pmos: "p-channel pass device",
  nmos: "n-channel pass device",
  "nmos-own-well": "n-channel pass device in a well of its own",
};

const RINCON_MORA = "Rincon-Mora, Analog IC Design with Low-Dropout Regulators";

export const passCitations: Readonly<Record<Pass, string>> = {
  pmos: `${RINCON_MORA} (p-type pass device)`,
  nmos: `${RINCON_MORA} (n-type pass device)`,
  "nmos-own-well": `${RINCON_MORA} (n-type pass device)`,
};

export const inputs = ["shared", "separate"] as const;
/** `shared`: the pass device hangs on VDD as all else does; `separate`: on VIN1. */
export type Input = (typeof inputs)[number];

/** Ten milliamperes at some tenths of a volt. Metres. */
const PASS = { w: 2e-3, l: 0.18e-6 } as const;

/** Draws the pass device between the unregulated input and `output`. */
export function drawPass(view: Schematic, pass: Pass, input: Input, gate: string, output: string): void {
  const from = input === "shared" ? SUPPLY : view.port("VIN");
  if (pass === "pmos") view.p(output, gate, from, from, PASS);
  else view.n(from, gate, output, pass === "nmos" ? view.low : output, PASS);
}

import type { Bias, Schematic } from "@topogenie/building-blocks";

export const drivers = ["none", "p-follower", "super-follower", "adaptive-follower", "gain-stage"] as const;
export type Driver = (typeof drivers)[number];

export const driverTitles: Readonly<Record<Driver, string>> = {
  none: "",
  "p-follower": "source-follower gate driver",
  "super-follower": "super source follower gate driver",
  "adaptive-follower": "source-follower gate driver with load-dependent bias",
  "gain-stage": "non-inverting second gain stage",
};

export const driverCitations: Readonly<Record<Driver, string | undefined>> = {
  none: undefined,
  "p-follower": "Rincon-Mora, Analog IC Design with Low-Dropout Regulators (source-follower buffer)",
  "super-follower":
    "Al-Shyoukh, Lee, Perez, A transient-enhanced low-quiescent current low-dropout regulator with buffer impedance attenuation, IEEE J. Solid-State Circuits 42 (2007)",
  "adaptive-follower":
    "Rincon-Mora, Allen, A low-voltage, low quiescent current, low drop-out regulator, IEEE J. Solid-State Circuits 33 (1998)",
  "gain-stage":
    "Leung, Mok, A capacitor-free CMOS low-dropout regulator with damping-factor-control frequency compensation, IEEE J. Solid-State Circuits 38 (2003)",
};

/** A p-channel follower that lifts `input` by one gate-source voltage, or a stage that amplifies it. Returns the pass device's gate. @param view the physical one */
export function drawDriver(view: Schematic, bias: Bias, input: string, driver: Driver): string {
  if (driver === "none") return input;
  const gate = view.net();
  if (driver === "gain-stage") {
    const folded = view.net();
    view.n(folded, input, view.low);
    view.p(folded, folded, view.high);
    view.p(gate, folded, view.high);
    view.n(gate, bias.level(view, "source"), view.low);
    return gate;
  }
  view.p(gate, bias.level(view.mirror, "source"), view.high);
  if (driver === "super-follower") {
    // The device at the bottom takes up whatever the follower's drain current lacks.
    const folded = view.net();
    view.p(folded, input, gate);
    view.n(folded, bias.level(view, "source"), view.low);
    view.n(gate, folded, view.low);
    return gate;
  }
  view.p(view.low, input, gate);
  if (driver === "adaptive-follower") {
    const sensed = view.net();
    const mirrored = view.net();
    view.p(sensed, gate, view.high);
    view.n(sensed, sensed, view.low);
    view.n(mirrored, sensed, view.low);
    view.p(mirrored, mirrored, view.high);
    view.p(gate, mirrored, view.high);
  }
  return gate;
}

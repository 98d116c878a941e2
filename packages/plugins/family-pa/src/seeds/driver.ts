import type { Schematic } from "@topogenie/building-blocks";

export const drivers = ["none", "coil", "resistor", "inverter", "cascode", "two-stage"] as const;
/** The stages before the output stage. */
export type Driver = (typeof drivers)[number];

export const driverTitles: Readonly<Record<Driver, string>> = {
  none: "",
  coil: "driver with coil load",
  resistor: "driver with resistor load",
  inverter: "self-biased inverter as driver",
  cascode: "cascode driver with coil load",
  "two-stage": "two drivers with coil loads",
};

/** Draws from a gate net; returns the gate net of the next stage, coupled by a capacitor and biased by a port. */
export function drawDriver(view: Schematic, driver: Driver, gate: string): string {
  if (driver === "none") return gate;
  const drain = view.net();
  if (driver === "inverter") {
    view.n(drain, gate, view.low);
    view.p(drain, gate, view.high);
  } else if (driver === "cascode") {
    const middle = view.net();
    view.n(middle, gate, view.low);
    view.n(drain, view.high, middle);
    view.inductor(view.high, drain);
  } else {
    view.n(drain, gate, view.low);
    if (driver === "resistor") view.resistor(view.high, drain);
    else view.inductor(view.high, drain);
  }
  const next = view.net();
  view.capacitor(drain, next);
  view.resistor(next, view.port("VB"));
  return driver === "two-stage" ? drawDriver(view, "coil", next) : next;
}

import type { Schematic } from "@topogenie/building-blocks";
import { ERICKSON } from "./stage.js";

/** What is added at the input, at the output, or across the switches. */
export interface Addition {
  readonly title: string;
  readonly citation: string | undefined;
  /** Draws the addition and returns the net at which the stage takes its place. */
  draw(view: Schematic, port: string): string;
}

const same = (_: Schematic, port: string): string => port;
const FILTERS = `${ERICKSON}, ch. 10 (input filters and their damping)`;

export const inputAdditions: readonly Addition[] = [
  { title: "", citation: undefined, draw: same },
  {
    title: "input filter with parallel damping",
    citation: FILTERS,
    draw: (view, port) => {
      const [net, damped] = [view.net(), view.net()];
      view.inductor(port, net);
      view.capacitor(net, "VSS");
      view.capacitor(net, damped);
      view.resistor(damped, "VSS");
      return net;
    },
  },
];

export const outputAdditions: readonly Addition[] = [
  {
    title: "",
    citation: undefined,
    draw: (view, port) => {
      view.capacitor(port, "VSS");
      return port;
    },
  },
  {
    title: "pi output filter",
    citation: FILTERS,
    draw: (view, port) => {
      const net = view.net();
      view.capacitor(net, "VSS");
      view.inductor(net, port);
      view.capacitor(port, "VSS");
      return net;
    },
  },
  {
    title: "damped output capacitor",
    citation: FILTERS,
    draw: (view, port) => {
      const damped = view.net();
      view.capacitor(port, "VSS");
      view.capacitor(port, damped);
      view.resistor(damped, "VSS");
      return port;
    },
  },
];

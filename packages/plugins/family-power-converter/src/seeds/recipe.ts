import type { Schematic } from "@topogenie/building-blocks";
import { ERICKSON } from "./stage.js";

/** What is added at the input, at the output, or across the switches. */
export interface Addition {
  readonly title: string;
  readonly citation: string | undefined;
  /** Whether it has a coil, which rings. */
  readonly coil?: true;
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
    coil: true,
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
    coil: true,
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

export const moreInputAdditions: readonly Addition[] = [
  {
    title: "input filter with series damping",
    citation: FILTERS,
    coil: true,
    draw: (view, port) => {
      const [net, coiled] = [view.net(), view.net()];
      view.inductor(port, coiled);
      view.inductor(coiled, net);
      view.resistor(coiled, net);
      view.capacitor(net, "VSS");
      return net;
    },
  },
  {
    title: "input filter damped across its coil",
    citation: FILTERS,
    coil: true,
    draw: (view, port) => {
      const net = view.net();
      view.inductor(port, net);
      view.resistor(port, net);
      view.capacitor(net, "VSS");
      return net;
    },
  },
];

export const moreOutputAdditions: readonly Addition[] = [
  {
    title: "pi output filter with parallel damping",
    citation: FILTERS,
    coil: true,
    draw: (view, port) => {
      const [net, damped] = [view.net(), view.net()];
      view.capacitor(net, "VSS");
      view.inductor(net, port);
      view.capacitor(port, "VSS");
      view.capacitor(port, damped);
      view.resistor(damped, "VSS");
      return net;
    },
  },
  {
    title: "pi output filter damped across its coil",
    citation: FILTERS,
    coil: true,
    draw: (view, port) => {
      const net = view.net();
      view.capacitor(net, "VSS");
      view.inductor(net, port);
      view.resistor(net, port);
      view.capacitor(port, "VSS");
      return net;
    },
  },
  {
    title: "pi output filter damped before its coil",
    citation: FILTERS,
    coil: true,
    draw: (view, port) => {
      const [net, damped] = [view.net(), view.net()];
      view.capacitor(net, "VSS");
      view.capacitor(net, damped);
      view.resistor(damped, "VSS");
      view.inductor(net, port);
      view.capacitor(port, "VSS");
      return net;
    },
  },
];

import type { Schematic } from "@topogenie/building-blocks";

export const COUPLED_GATES_TITLE = "gates coupled by capacitors";

/** Nets that follow the local oscillator's two phases behind capacitors, at a direct voltage of their own. */
export function coupledGates(view: Schematic, oscillators: readonly [string, string]): readonly [string, string] {
  const bias = view.port("VB");
  const gate = (oscillator: string): string => {
    const net = view.net();
    view.capacitor(oscillator, net);
    view.resistor(net, bias);
    return net;
  };
  return [gate(oscillators[0]), gate(oscillators[1])];
}

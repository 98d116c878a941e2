import type { Schematic } from "../schematic.js";

/**
 * Gate voltages that a block may ask for, all relative to the rail that the asking view calls low:
 * `source` for a current source standing on the rail, `cascode` for the transistor above it,
 * `stack` two gate-source voltages away from the rail (floating level shifts, cascodes above an input pair).
 */
export type BiasLevel = "source" | "cascode" | "stack";

/** Where gate voltages come from. Asking twice for one level gives one net. */
export interface Bias {
  level(view: Schematic, level: BiasLevel): string;
}

/** Every level is a port `VB#`, to be driven from outside. */
export class PortBias implements Bias {
  readonly #nets = new Map<string, string>();

  level(view: Schematic, level: BiasLevel): string {
    const key = `${view.low}/${level}`;
    const net = this.#nets.get(key) ?? view.port("VB");
    this.#nets.set(key, net);
    return net;
  }
}

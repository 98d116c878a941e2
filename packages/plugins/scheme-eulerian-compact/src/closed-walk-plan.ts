import type { ScatteredCircuit } from "@topogenie/core";

/** What closing the walk takes: to lift the pen, and VSS. */
export const CLOSING = 2;

/** Whether what is written can be finished, and the walk be closed, after a step. */
export class ClosedWalkPlan {
  readonly #circuit: ScatteredCircuit;

  constructor(circuit: ScatteredCircuit) {
    this.#circuit = circuit;
  }

  /** After this was done, when so many tokens are left, the walk at a place of which the net is known. */
  canFinish(tokens: number, change: () => void): boolean {
    return this.#circuit.trial(() => {
      change();
      return this.#circuit.canFinish(tokens - CLOSING);
    });
  }

  /** The same after a new device was begun on a net, or with another pin on a net of their own. */
  canFinishNew(
    tokens: number,
    type: number,
    pin: number,
    to: number | { readonly device: number; readonly pin: number },
  ): boolean {
    return this.canFinish(tokens, () => {
      const net = typeof to === "number" ? to : this.#circuit.circuit.addNet();
      if (typeof to === "object") this.#circuit.place(to.device, to.pin, net);
      this.#circuit.place(this.#circuit.begin(type), pin, net);
    });
  }
}

import type { ScatteredCircuit } from "@topogenie/core";
import type { ClosedWalkPlan } from "./closed-walk-plan.js";
import { mayBeAlone, type CompactTables, type WalkPins } from "./walk-pins.js";

/**
 * How a walk begins: from VSS to a pin of a first device, inside it to another pin, and from there to a net that is no rail, so
 * that all that follows hangs together. Tokens left are counted after the step in question; with plenty of them no plan is made.
 */
export class FirstDevice {
  readonly #tables: CompactTables;
  readonly #circuit: ScatteredCircuit;
  readonly #pins: WalkPins;
  readonly #plan: ClosedWalkPlan;
  readonly #portIsAllowed: readonly boolean[];

  constructor(
    tables: CompactTables,
    circuit: ScatteredCircuit,
    pins: WalkPins,
    plan: ClosedWalkPlan,
    portIsAllowed: readonly boolean[],
  ) {
    this.#tables = tables;
    this.#circuit = circuit;
    this.#pins = pins;
    this.#plan = plan;
    this.#portIsAllowed = portIsAllowed;
  }

  /** Whether any device can be the first. */
  canBegin(tokens: number, hasPlenty: boolean): boolean {
    return this.#tables.types.some(({ roles }, type) =>
      roles.definesVoltage.some((_, pin) => this.#canStand(type, pin, tokens, hasPlenty)),
    );
  }

  /** From VSS: the pins by which a device can be begun. */
  allowPins(mask: Uint8Array, tokens: number, hasPlenty: boolean): void {
    this.#pins.forNew((type, pin, ids) => {
      if (!this.#canStand(type, pin, tokens, hasPlenty)) return;
      for (const id of ids) mask[id] = 1;
    });
  }

  /** From the device's pin on VSS: the pins from which a net that is no rail can be reached. */
  allowMoves(mask: Uint8Array, tokens: number, hasPlenty: boolean): void {
    const pins = this.#pins.tokens(0);
    for (const pin of this.#pins.loose(0)) {
      if (this.#hasAnchor(0, pin, tokens - 1, hasPlenty)) mask[pins[pin] as number] = 1;
    }
  }

  /** From such a pin: the ports and new devices to which it can be joined. */
  allowAnchors(mask: Uint8Array, pin: number, tokens: number, hasPlenty: boolean): void {
    this.#forAnchors(0, pin, tokens, hasPlenty, (ids) => {
      for (const id of ids) mask[id] = 1;
      return false;
    });
  }

  /** Whether a device can be the first, by this pin on VSS. */
  #canStand(type: number, pin: number, tokens: number, hasPlenty: boolean): boolean {
    const { circuit } = this.#circuit;
    return (
      this.#circuit.mayBegin(type) &&
      this.#circuit.trial(() => {
        const device = this.#circuit.begin(type);
        if (!circuit.mayPlace(device, pin, circuit.ground)) return false;
        this.#circuit.place(device, pin, circuit.ground);
        return this.#pins.loose(device).some((other) => this.#hasAnchor(device, other, tokens - 2, hasPlenty));
      })
    );
  }

  #hasAnchor(device: number, pin: number, tokens: number, hasPlenty: boolean): boolean {
    return this.#forAnchors(device, pin, tokens, hasPlenty, () => true);
  }

  /** Goes through the tokens to which the pin can be joined until `visit` has seen enough; returns whether it has. */
  #forAnchors(
    device: number,
    pin: number,
    tokens: number,
    hasPlenty: boolean,
    visit: (ids: readonly number[]) => boolean,
  ): boolean {
    const { circuit } = this.#circuit;
    const { ports, types } = this.#tables;
    for (let net = 0; net < ports.length; net++) {
      if (this.#portIsAllowed[net] === false || circuit.isRail(net) || !circuit.mayPlace(device, pin, net)) continue;
      if (!hasPlenty && !this.#plan.canFinish(tokens, () => this.#circuit.place(device, pin, net))) continue;
      if (visit([ports[net] as number])) return true;
    }
    if (!mayBeAlone(circuit.rolesOf(device).terminals, pin)) return false;
    for (let type = 0; type < types.length; type++) {
      for (const [other, ids] of this.#pins.ofNew(type)) {
        if (!hasPlenty && !this.#plan.canFinishNew(tokens, type, other, { device, pin })) continue;
        if (visit(ids)) return true;
      }
    }
    return false;
  }
}

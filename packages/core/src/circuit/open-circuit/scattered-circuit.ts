import { MendingDevices } from "./mending-devices.js";
import { OpenCircuit, Want } from "./open-circuit.js";
import { PinPlan } from "./pin-plan.js";
import type { PinRoles } from "./pin-roles.js";

/** Tokens that the first pin of a new device takes at most, and any other pin: to say where, which and to what. */
const TOKENS_A_PIN = 3;

/** What a scattered circuit may be made of. */
export interface ScatteredParts {
  /** Device types with the most devices of each. */
  readonly types: readonly { readonly roles: PinRoles; readonly devices: number }[];
  /** Ports in the order of their nets, from 0. */
  readonly ports: readonly { readonly name: string; readonly isAllowed: boolean }[];
  /** Indices of the ports that must be touched, VSS first and VDD last. */
  readonly asked: readonly number[];
  /** How many devices there may be, or must. */
  readonly count: { readonly devices: number; readonly isExact: boolean };
  /** Whether a sentence can put a pin of this device on this internal net, which is there. */
  isNameable(device: number, net: number): boolean;
}

/**
 * An {@link OpenCircuit} whose pins are told in any order: devices that were begun may have pins that still wait for their
 * nets. Every device but the first must be begun on a net, no rail, of an earlier one, so that the circuit hangs together; then
 * every pin that waits can always be placed (on VSS, on VDD or on the net on which its device was begun), and whatever nets
 * lack can be mended by new devices. What that takes at most is held against what is left.
 */
export class ScatteredCircuit {
  readonly circuit = new OpenCircuit();
  readonly plan: PinPlan;
  /** Devices not yet begun, by type. */
  readonly free: number[];
  #waiting = 0;
  readonly #parts: ScatteredParts;
  readonly #typeOf: number[] = [];
  readonly #mending: MendingDevices;
  readonly #mostPins: number;
  #devicesLeft: number;

  /** Throws `GRAMMAR_VOCABULARY` when no type can mend nets. */
  constructor(parts: ScatteredParts) {
    this.#parts = parts;
    this.free = parts.types.map(({ devices }) => devices);
    this.#devicesLeft = parts.count.devices;
    this.#mending = new MendingDevices(
      parts.types.map(({ roles }) => roles),
      ({ pinCount }) => TOKENS_A_PIN * pinCount,
    );
    this.#mostPins = Math.max(...parts.types.map(({ roles }) => roles.pinCount));
    for (const { name } of parts.ports) this.circuit.addNet(name);
    this.plan = new PinPlan(this.circuit, {
      asked: parts.asked,
      ports: parts.ports.flatMap(({ name, isAllowed }, net) => (isAllowed ? [{ net, name }] : [])),
      internalCount: () => this.circuit.netCount - this.#parts.ports.length,
      internalNet: (device, index) => this.#nameableNet(device, this.#parts.ports.length + index),
    });
  }

  /** Pins of devices that were begun which have no net yet. */
  get waiting(): number {
    return this.#waiting;
  }

  get devicesLeft(): number {
    return this.#devicesLeft;
  }

  typeOf(device: number): number {
    return this.#typeOf[device] as number;
  }

  mayBegin(type: number): boolean {
    return this.#devicesLeft > 0 && (this.free[type] as number) > 0;
  }

  begin(type: number): number {
    const { roles } = this.#parts.types[type] as { roles: PinRoles };
    this.free[type] = (this.free[type] as number) - 1;
    this.#devicesLeft--;
    this.#typeOf.push(type);
    this.#waiting += roles.pinCount;
    return this.circuit.begin(roles);
  }

  place(device: number, pin: number, net: number): void {
    this.circuit.place(device, pin, net);
    this.#waiting--;
  }

  isWaiting(device: number, pin: number): boolean {
    return this.circuit.netsOf(device)[pin] === -1;
  }

  /** Whether nothing is lacking, so that the sentence may end. */
  get isComplete(): boolean {
    const { wanting, devices } = this.circuit;
    return (
      this.#waiting === 0 &&
      devices.length > 0 &&
      wanting[Want.device] + wanting[Want.voltage] === 0 &&
      this.plan.portsMissing() === 0 &&
      (!this.#parts.count.isExact || this.#devicesLeft === 0)
    );
  }

  /** What is found out by doing something that is then taken back. */
  trial<Result>(run: () => Result): Result {
    const mark = this.circuit.mark();
    const { length } = this.#typeOf;
    const [waiting, devicesLeft] = [this.#waiting, this.#devicesLeft];
    const result = run();
    while (this.#typeOf.length > length) {
      const type = this.#typeOf.pop() as number;
      this.free[type] = (this.free[type] as number) + 1;
    }
    this.circuit.rollback(mark);
    this.#waiting = waiting;
    this.#devicesLeft = devicesLeft;
    return result;
  }

  /**
   * Whether so much is left that the circuit can still be finished after whatever step comes next, with a device of its own
   * for each thing that is then lacking.
   *
   * @param tokens left before that step
   */
  hasPlenty(tokens: number): boolean {
    const { wanting } = this.circuit;
    const lacks = wanting[Want.device] + wanting[Want.voltage] + this.plan.portsMissing() + 2;
    if (this.#devicesLeft < lacks + 1) return false;
    const left = tokens - TOKENS_A_PIN * (this.#waiting + this.#mostPins + 1);
    if (this.#parts.count.isExact) {
      const stock = this.free.reduce((sum, count) => sum + count, 0);
      if (stock <= this.#devicesLeft || left < this.#devicesLeft * TOKENS_A_PIN * this.#mostPins) return false;
    }
    return this.#parts.types.some(
      ({ roles }, type) =>
        roles.mendsNets && (this.free[type] as number) > lacks && lacks * TOKENS_A_PIN * roles.pinCount <= left,
    );
  }

  /**
   * Whether all pins that wait can be placed and all that is then lacking can be mended, by the plan that the next steps follow.
   *
   * @param first the pin or the device that the plan begins with
   */
  canFinish(tokens: number, first?: { readonly device: number; readonly pin?: number }): boolean {
    const left = tokens - TOKENS_A_PIN * this.#waiting;
    if (left < 0) return false;
    return this.trial(() => {
      if (first?.pin !== undefined && !this.#placeByPlan(first.device, first.pin)) return false;
      if (first !== undefined && !this.#placeAll(first.device)) return false;
      for (let device = 0; this.#waiting > 0 && device < this.#typeOf.length; device++) {
        if (!this.#placeAll(device)) return false;
      }
      return this.#mending.fits(this.plan.lacks(), {
        devices: this.#devicesLeft,
        isExact: this.#parts.count.isExact,
        tokens: left,
        stock: (roles) => this.free[this.#parts.types.findIndex((type) => type.roles === roles)] ?? 0,
      });
    });
  }

  #placeAll(device: number): boolean {
    const nets = this.circuit.netsOf(device);
    for (let pin = 0; pin < nets.length; pin++) if (nets[pin] === -1 && !this.#placeByPlan(device, pin)) return false;
    return true;
  }

  #placeByPlan(device: number, pin: number): boolean {
    let net = this.plan.netFor(device, pin);
    for (let other = this.#parts.ports.length; net < 0 && other < this.circuit.netCount; other++) {
      if (this.#nameableNet(device, other) >= 0 && this.circuit.mayPlace(device, pin, other)) net = other;
    }
    if (net < 0) return false;
    this.place(device, pin, net);
    return true;
  }

  /** The net if the sentence can put a pin of the device on it, else -1. */
  #nameableNet(device: number, net: number): number {
    return this.circuit.pinsOn(net) > 0 && this.#parts.isNameable(device, net) ? net : -1;
  }
}

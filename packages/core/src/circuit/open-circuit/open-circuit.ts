import { GROUND_PORT, SUPPLY } from "../ports.js";
import type { PinRoles } from "./pin-roles.js";
import { coilsJoinRails, shortsSupply } from "./supply-shorts.js";

/** What an internal net still needs in order to obey the electrical rules. */
export const Want = {
  nothing: 0,
  /** A pin of another device: it dangles. */
  device: 1,
  /** A pin that defines its voltage: it floats, and may dangle too. */
  voltage: 2,
} as const;

/** A device that has been begun; a pin not yet placed is on net -1. */
export interface OpenDevice {
  readonly roles: PinRoles;
  readonly nets: readonly number[];
}

interface OpenNet {
  readonly isPort: boolean;
  readonly isRail: boolean;
  /** Pins on it, as `device * PLACES + pin`. */
  readonly places: number[];
  /** Whether two devices touch it. */
  isShared: boolean;
  /** Pins on it that define its voltage. */
  defined: number;
}

/** Kinds of steps that can be taken back. */
const Step = { begin: 0, net: 1, place: 2, merge: 3 } as const;

/** More pins than any device has: a pin of a circuit is numbered `device * PLACES + pin`. */
export const PLACES = 64;

/**
 * A circuit that is being written, and what it still lacks to be electrically legal: the rules of `checkRules`, kept up to
 * date pin by pin, with a way back for whoever looks ahead. Devices and nets are numbered from 0 in the order in which they
 * were begun.
 *
 * Kept at every step ({@link mayPlace}, {@link mayMerge}): no device is shorted, the supply is not shorted, no device is on the
 * rails alone. Counted for the end: nets that are {@link wanting} something. Left to whoever writes: that all pins are placed,
 * that everything hangs together without the rails (`partsOf`), and that the ports asked for are touched.
 */
export class OpenCircuit {
  /** How many internal nets want what, by {@link Want}. */
  readonly wanting: readonly [number, number, number];
  /** The net of VSS, -1 while it has none. */
  ground = -1;
  /** The net of VDD, -1 while it has none. */
  supply = -1;
  readonly #wanting: [number, number, number] = [0, 0, 0];
  readonly #devices: { readonly roles: PinRoles; readonly nets: number[] }[] = [];
  readonly #nets: OpenNet[] = [];
  readonly #coils: number[] = [];
  /** What was done, for {@link rollback}: the arguments of each step, then what it was. */
  readonly #history: number[] = [];

  constructor() {
    this.wanting = this.#wanting;
  }

  get devices(): readonly OpenDevice[] {
    return this.#devices;
  }

  get netCount(): number {
    return this.#nets.length;
  }

  begin(roles: PinRoles): number {
    const device = this.#devices.length;
    this.#devices.push({ roles, nets: new Array<number>(roles.pinCount).fill(-1) });
    if (roles.isInductor) this.#coils.push(device);
    this.#history.push(Step.begin);
    return device;
  }

  /** A new net: a port's when it is given a port's name, internal otherwise. */
  addNet(port = ""): number {
    const net = this.#nets.length;
    this.#history.push(this.ground, this.supply, Step.net);
    this.#nets.push({
      isPort: port !== "",
      isRail: port === GROUND_PORT || port === SUPPLY,
      places: [],
      isShared: false,
      defined: 0,
    });
    if (port === GROUND_PORT) this.ground = net;
    if (port === SUPPLY) this.supply = net;
    return net;
  }

  /** Puts a pin, not yet placed, on a net. */
  place(device: number, pin: number, net: number): void {
    const { roles, nets } = this.#device(device);
    const on = this.#net(net);
    this.#history.push(device, pin, net, Number(on.isShared), Step.place);
    this.#count(on, -1);
    nets[pin] = net;
    on.isShared ||= on.places.length > 0 && deviceAt(on.places[0] as number) !== device;
    on.places.push(device * PLACES + pin);
    on.defined += roles.definesVoltage[pin] === true ? 1 : 0;
    this.#count(on, 1);
  }

  /** Puts all pins of an internal net on another net. The first is left empty. */
  merge(from: number, into: number): void {
    const source = this.#net(from);
    const target = this.#net(into);
    const moved = source.places;
    this.#history.push(from, into, Number(source.isShared), source.defined, Number(target.isShared), moved.length, Step.merge);
    this.#count(source, -1);
    this.#count(target, -1);
    target.isShared ||= source.isShared || deviceAt(moved[0] as number) !== deviceAt(target.places[0] ?? (moved[0] as number));
    target.defined += source.defined;
    for (const place of moved) {
      target.places.push(place);
      this.#device(deviceAt(place)).nets[place % PLACES] = into;
    }
    moved.length = 0;
    source.isShared = false;
    source.defined = 0;
    this.#count(target, 1);
  }

  /** How much has happened so far, for {@link rollback}. */
  mark(): number {
    return this.#history.length;
  }

  /** Takes back everything since the mark. */
  rollback(mark: number): void {
    const history = this.#history;
    while (history.length > mark) {
      switch (history.pop()) {
        case Step.begin:
          if (this.#devices.pop()?.roles.isInductor === true) this.#coils.pop();
          break;
        case Step.net:
          this.#nets.pop();
          this.supply = history.pop() as number;
          this.ground = history.pop() as number;
          break;
        case Step.place:
          this.#unplace();
          break;
        case Step.merge:
          this.#unmerge();
      }
    }
  }

  /** Whether this pin, not yet placed, may be on this net. */
  mayPlace(device: number, pin: number, net: number): boolean {
    const { roles, nets } = this.#device(device);
    const on = this.#net(net);
    const { terminals } = roles;
    if (terminals.includes(pin) && isWholly(terminals, nets, pin, net)) return false;
    if (on.isRail) {
      if (roles.shortsSupply && shortsSupply(roles, nets, pin, net, this)) return false;
      if (this.#isElsewhereOnRails(nets, pin)) return false;
    }
    if (!roles.isInductor) return true;
    const far = nets[1 - pin] as number;
    if (far < 0) return true;
    // The usual case: this coil is the only one.
    return this.#coils.length === 1 ? far === net || !on.isRail || !this.isRail(far) : !this.#coilsJoinRails(far, net);
  }

  /** Whether all pins of an internal net may be on another net. */
  mayMerge(from: number, into: number): boolean {
    const target = this.#net(into);
    const isThere = (net: number | undefined): boolean => net === from || net === into;
    for (const place of this.#net(from).places) {
      const device = deviceAt(place);
      const { roles, nets } = this.#device(device);
      const { terminals } = roles;
      if (terminals.includes(place % PLACES) && terminals.every((pin) => isThere(nets[pin]))) return false;
      if (!target.isRail) continue;
      if (roles.shortsSupply && shortsSupply(roles, nets, place % PLACES, into, this)) return false;
      if (nets.every((net) => net === from || (net >= 0 && this.#net(net).isRail))) return false;
    }
    return this.#coils.length === 0 || !this.#coilsJoinRails(from, into);
  }

  want(net: number): number {
    const { isPort, places, isShared, defined } = this.#net(net);
    if (isPort || places.length === 0) return Want.nothing;
    if (defined === 0) return Want.voltage;
    return isShared ? Want.nothing : Want.device;
  }

  rolesOf(device: number): PinRoles {
    return this.#device(device).roles;
  }

  /** The nets of a device's pins, -1 for those not yet placed. */
  netsOf(device: number): readonly number[] {
    return this.#device(device).nets;
  }

  /** Whether a device touches the net. */
  touches(device: number, net: number): boolean {
    return this.#device(device).nets.includes(net);
  }

  /** Whether a net is touched by a device and by no other. */
  isOfOneDevice(net: number, device: number): boolean {
    const { places, isShared } = this.#net(net);
    return !isShared && places.length > 0 && deviceAt(places[0] as number) === device;
  }

  isRail(net: number): boolean {
    return this.#net(net).isRail;
  }

  isPort(net: number): boolean {
    return this.#net(net).isPort;
  }

  pinsOn(net: number): number {
    return this.#net(net).places.length;
  }

  /** The pins on a net, as `device * PLACES + pin`. */
  placesOn(net: number): readonly number[] {
    return this.#net(net).places;
  }

  #isElsewhereOnRails(nets: readonly number[], pin: number): boolean {
    for (let other = 0; other < nets.length; other++) {
      const net = nets[other] as number;
      if (other !== pin && (net < 0 || !this.#net(net).isRail)) return false;
    }
    return true;
  }

  #coilsJoinRails(one: number, other: number): boolean {
    return coilsJoinRails(
      this.#coils.map((coil) => this.#device(coil).nets),
      one,
      other,
      this,
    );
  }

  #unplace(): void {
    const history = this.#history;
    const isShared = history.pop() === 1;
    const on = this.#net(history.pop() as number);
    const pin = history.pop() as number;
    const { roles, nets } = this.#device(history.pop() as number);
    this.#count(on, -1);
    nets[pin] = -1;
    on.places.pop();
    on.isShared = isShared;
    on.defined -= roles.definesVoltage[pin] === true ? 1 : 0;
    this.#count(on, 1);
  }

  #unmerge(): void {
    const history = this.#history;
    const moved = history.pop() as number;
    const isShared = history.pop() === 1;
    const defined = history.pop() as number;
    const wasShared = history.pop() === 1;
    const target = this.#net(history.pop() as number);
    const from = history.pop() as number;
    const source = this.#net(from);
    this.#count(target, -1);
    for (const place of target.places.splice(target.places.length - moved)) {
      source.places.push(place);
      this.#device(deviceAt(place)).nets[place % PLACES] = from;
    }
    target.isShared = isShared;
    target.defined -= defined;
    source.isShared = wasShared;
    source.defined = defined;
    this.#count(source, 1);
    this.#count(target, 1);
  }

  #count(net: OpenNet, by: number): void {
    if (net.isPort || net.places.length === 0) return;
    const want = net.defined === 0 ? Want.voltage : net.isShared ? Want.nothing : Want.device;
    this.#wanting[want] += by;
  }

  #device(device: number): { readonly roles: PinRoles; readonly nets: number[] } {
    return this.#devices[device] as { readonly roles: PinRoles; readonly nets: number[] };
  }

  #net(net: number): OpenNet {
    return this.#nets[net] as OpenNet;
  }
}

/** Whether all terminals would be on a net once this one was. */
function isWholly(terminals: readonly number[], nets: readonly number[], pin: number, net: number): boolean {
  for (let index = 0; index < terminals.length; index++) {
    const other = terminals[index] as number;
    if (other !== pin && nets[other] !== net) return false;
  }
  return true;
}

function deviceAt(place: number): number {
  return (place / PLACES) | 0;
}

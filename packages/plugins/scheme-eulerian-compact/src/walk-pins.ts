import type { PinVocabulary, ScatteredCircuit } from "@topogenie/core";

export interface CompactTables extends PinVocabulary {
  /** The token that lifts the pen. */
  readonly lift: number;
  /** By type, the index of its first device; the others follow it. */
  readonly firstOf: readonly number[];
}

/** Which tokens are which pins of the circuit that is being written, and which could be those of new devices. */
export class WalkPins {
  readonly #tables: CompactTables;
  readonly #circuit: ScatteredCircuit;
  readonly #numbersByVisit: boolean;
  /** Devices of the circuit by index into the tables' devices, -1 before they are begun. */
  readonly #begun: Int32Array;
  /** Indices into the tables' devices, by devices of the circuit. */
  readonly #order: number[] = [];
  /** What {@link ofNew} found last, by type. */
  readonly #new: ((readonly [pin: number, ids: readonly number[]])[] | undefined)[] = [];

  /** @param numbersByVisit whether only the next number of a type may be given to a new device */
  constructor(tables: CompactTables, circuit: ScatteredCircuit, numbersByVisit: boolean) {
    this.#tables = tables;
    this.#circuit = circuit;
    this.#numbersByVisit = numbersByVisit;
    this.#begun = new Int32Array(tables.devices.length).fill(-1);
  }

  /** Devices begun. */
  get devices(): number {
    return this.#order.length;
  }

  /** The device whose pin a token is; it is begun if it was not. */
  deviceAt(id: number): number {
    const index = this.#tables.deviceOf[id] as number;
    if (this.#begun[index] === -1) {
      const { type } = this.#tables.devices[index] as CompactTables["devices"][number];
      this.#begun[index] = this.#circuit.begin(type);
      this.#new[type] = undefined;
      this.#order.push(index);
    }
    return this.#begun[index] as number;
  }

  /** Whether a token is a pin of this device. */
  isOf(device: number, id: number): boolean {
    return this.#order[device] === this.#tables.deviceOf[id];
  }

  /** Tokens of a device's pins. */
  tokens(device: number): readonly number[] {
    return (this.#tables.devices[this.#order[device] as number] as CompactTables["devices"][number]).pins;
  }

  netOf(device: number, pin: number): number {
    return this.#circuit.circuit.netsOf(device)[pin] as number;
  }

  /** Whether a device has pins of which nothing is told. */
  hasLoose(device: number): boolean {
    return this.#circuit.circuit.netsOf(device).includes(-1);
  }

  /** Pins of a device of which nothing is told. */
  loose(device: number): number[] {
    const loose: number[] = [];
    this.#circuit.circuit.netsOf(device).forEach((net, pin) => {
      if (net < 0) loose.push(pin);
    });
    return loose;
  }

  /** Pins of devices that were begun, save one, of which nothing is told. */
  forLoose(except: number, visit: (device: number, pin: number, id: number) => void): void {
    if (this.#circuit.waiting === 0) return;
    for (let device = 0; device < this.#order.length; device++) {
      if (device === except) continue;
      const nets = this.#circuit.circuit.netsOf(device);
      for (let pin = 0; pin < nets.length; pin++) {
        if (nets[pin] === -1) visit(device, pin, this.tokens(device)[pin] as number);
      }
    }
  }

  /** Pins by which new devices can be begun, with their tokens. */
  forNew(visit: (type: number, pin: number, ids: readonly number[]) => void): void {
    for (let type = 0; type < this.#tables.types.length; type++) {
      for (const [pin, ids] of this.ofNew(type)) visit(type, pin, ids);
    }
  }

  /** Pins by which a new device of a type can be begun, with their tokens. */
  ofNew(type: number): readonly (readonly [pin: number, ids: readonly number[]])[] {
    return this.#circuit.mayBegin(type) ? (this.#new[type] ??= this.#findNew(type)) : [];
  }

  #findNew(type: number): (readonly [pin: number, ids: readonly number[]])[] {
    const { terminals, pinCount } = (this.#tables.types[type] as CompactTables["types"][number]).roles;
    const { devices, firstOf } = this.#tables;
    const free: CompactTables["devices"][number][] = [];
    for (let index = firstOf[type] as number; devices[index]?.type === type; index++) {
      if (this.#begun[index] !== -1) continue;
      free.push(devices[index] as CompactTables["devices"][number]);
      if (this.#numbersByVisit) break;
    }
    const found: [number, number[]][] = [];
    for (let pin = 0; pin < pinCount; pin++) {
      if (mayBeAlone(terminals, pin)) found.push([pin, free.map(({ pins }) => pins[pin] as number)]);
    }
    return found;
  }
}

/** Whether one pin of a device can be on a net without the others. */
export function mayBeAlone(terminals: readonly number[], pin: number): boolean {
  return terminals.length > 1 || terminals[0] !== pin;
}

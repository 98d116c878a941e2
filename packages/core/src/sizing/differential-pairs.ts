import type { Circuit, Device, PinOnNet } from "../circuit/circuit.js";
import { portKind } from "../circuit/ports.js";
import type { DeviceType } from "../contracts/device-type.js";
import { interchangeClasses } from "./symmetry-classes.js";

/**
 * Pairs of devices that are each other's image when two inputs are exchanged, grown outwards from the inputs as in
 * signal-flow tracing for layout (Kole, Smit and Herrmann, ISCAS 1994). Two devices of one type are a pair when a pin of
 * each lies on nets already known to mirror each other and every other pin of theirs lies on one and the same net, on
 * nets that mirror each other, or on two nets not yet placed, which then mirror each other too. A current-mirror load is
 * so found although its diode side differs: the asymmetry of a single-ended output is tolerated. A second stage is not
 * drawn in, because its output mirrors nothing. A choice between several images is no evidence and is left alone.
 */
export function differentialPairs(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): string[][] {
  const inputs = circuit.ports.filter((port) => portKind(port) === "VIN");
  return inputs.flatMap((left, index) =>
    inputs.slice(index + 1).flatMap((right) => new MirrorTrace(circuit, deviceTypes).from(left, right)),
  );
}

type NetPair = readonly [string, string];

class MirrorTrace {
  readonly #circuit: Circuit;
  readonly #deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly #image = new Map<string, string>();
  readonly #paired = new Set<number>();

  constructor(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.#circuit = circuit;
    this.#deviceTypes = deviceTypes;
  }

  from(left: string, right: string): string[][] {
    const found: string[][] = [];
    const queue: NetPair[] = [[left, right]];
    this.#mirror(left, right);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [one, other] = next;
      for (const [a, b] of this.#unambiguous(one, other)) {
        const placed = this.#placements(a, b);
        if (placed === undefined || this.#paired.has(a.device) || this.#paired.has(b.device)) continue;
        this.#paired.add(a.device).add(b.device);
        found.push([this.#device(a).name, this.#device(b).name]);
        for (const [from, to] of placed) {
          this.#mirror(from, to);
          queue.push([from, to]);
        }
      }
    }
    return found;
  }

  #unambiguous(one: string, other: string): [PinOnNet, PinOnNet][] {
    const left = this.#circuit.nets.get(one) ?? [];
    const right = this.#circuit.nets.get(other) ?? [];
    const fits = left.map((a) => right.filter((b) => this.#placements(a, b) !== undefined));
    return left.flatMap((a, index): [PinOnNet, PinOnNet][] => {
      const [b, second] = fits[index] ?? [];
      if (b === undefined || second !== undefined) return [];
      return fits.filter((images) => images.includes(b)).length === 1 ? [[a, b]] : [];
    });
  }

  /** The nets that would newly mirror each other if the device at `a` were the image of the one at `b`. */
  #placements(a: PinOnNet, b: PinOnNet): NetPair[] | undefined {
    const one = this.#device(a);
    const other = this.#device(b);
    const type = this.#deviceTypes.get(one.type);
    if (a.device === b.device || one.type !== other.type || type === undefined) return undefined;
    if (this.#paired.has(a.device) || this.#paired.has(b.device)) return undefined;
    const classes = interchangeClasses(type);
    if (classes[a.pin] !== classes[b.pin]) return undefined;
    const upright = one.nets.map((_, pin) => pin);
    const swap = classes.findIndex((first, pin) => first !== pin);
    const turned = upright.map((pin) => (pin === swap ? (classes[swap] ?? pin) : pin === classes[swap] ? swap : pin));
    for (const order of swap < 0 ? [upright] : [upright, turned]) {
      if (order[a.pin] !== b.pin) continue;
      const placed = this.#compatible(
        one.nets,
        order.map((pin) => other.nets[pin] ?? ""),
      );
      if (placed !== undefined) return placed;
    }
    return undefined;
  }

  #compatible(left: readonly string[], right: readonly string[]): NetPair[] | undefined {
    const placed = new Map<string, string>();
    for (const [pin, one] of left.entries()) {
      const other = right[pin] ?? "";
      if (one === other || this.#image.get(one) === other || placed.get(one) === other) continue;
      const free = [one, other].every((net) => !this.#image.has(net) && !placed.has(net) && this.#isSignal(net));
      if (!free) return undefined;
      placed.set(one, other).set(other, one);
    }
    const pairs: NetPair[] = [];
    for (const [one, other] of placed) if (!pairs.some(([, seen]) => seen === one)) pairs.push([one, other]);
    return pairs;
  }

  #isSignal(net: string): boolean {
    return !this.#circuit.isPort(net) || portKind(net) === "VOUT";
  }

  #mirror(one: string, other: string): void {
    this.#image.set(one, other).set(other, one);
  }

  #device(at: PinOnNet): Device {
    const device = this.#circuit.devices[at.device];
    if (device === undefined) throw new RangeError(`No device ${at.device} in circuit "${this.#circuit.name}".`);
    return device;
  }
}

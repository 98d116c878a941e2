import { isRail, writableTypes, type Circuit, type DeviceType, type PinOnNet, type Rng } from "@topogenie/core";
import type { BipartiteWords } from "./bipartite-words.js";
import type { BipartiteOptions } from "./options.js";

/**
 * Walks along edges not yet walked for as long as there are any, then goes on from another device or net that was reached
 * before. Devices are reached first from nets that are no rails, as far as the circuit hangs together without them. All else
 * is random.
 * Throws `CIRCUIT_NOT_ENCODABLE`, saying why.
 */
export function writeSentence(circuit: Circuit, words: BipartiteWords, options: BipartiteOptions, rng: Rng): string[] {
  return new Writer(circuit, words, writableTypes(circuit, words), options, rng).write();
}

class Writer {
  readonly #circuit: Circuit;
  readonly #words: BipartiteWords;
  readonly #types: readonly DeviceType[];
  readonly #rng: Rng;
  readonly #sentence: string[] = [];
  /** Pins not yet written, by net, in random order. */
  readonly #onNet = new Map<string, PinOnNet[]>();
  /** Pins not yet written, by device, in random order. */
  readonly #ofDevice: number[][];
  readonly #deviceWords: (string | undefined)[] = [];
  readonly #netWords = new Map<string, string>();
  readonly #numbers: ((type: DeviceType) => number) | undefined;
  readonly #counts = new Map<DeviceType, number>();

  constructor(circuit: Circuit, words: BipartiteWords, types: readonly DeviceType[], options: BipartiteOptions, rng: Rng) {
    this.#circuit = circuit;
    this.#words = words;
    this.#types = types;
    this.#rng = rng;
    for (const [net, pins] of circuit.nets) this.#onNet.set(net, rng.shuffle(pins));
    this.#ofDevice = circuit.devices.map(({ nets }) => rng.shuffle([...nets.keys()]));
    if (options.deviceNumbers === "random") {
      const numbers = new Map<DeviceType, number[]>();
      for (const type of types) numbers.set(type, [...(numbers.get(type) ?? []), (numbers.get(type)?.length ?? 0) + 1]);
      for (const [type, ofType] of numbers) numbers.set(type, rng.shuffle(ofType));
      this.#numbers = (type) => numbers.get(type)?.pop() as number;
    }
  }

  write(): string[] {
    for (let node = this.#start(); node !== undefined; node = this.#start()) {
      let here: string | number | undefined = node;
      this.#sentence.push(typeof here === "string" ? this.#net(here) : this.#device(here));
      while (here !== undefined) here = typeof here === "string" ? this.#leaveNet(here) : this.#leaveDevice(here);
    }
    return this.#sentence;
  }

  /** Where to go on: at a device that is begun, else at a net that was reached, else anywhere; a net's name or a device. */
  #start(): string | number | undefined {
    const begun = this.#ofDevice.findIndex((pins, device) => pins.length > 0 && this.#deviceWords[device] !== undefined);
    if (begun >= 0) return begun;
    const waiting = [...this.#onNet].filter(([, pins]) => pins.length > 0).map(([net]) => net);
    const reached = waiting.find((net) => this.#netWords.has(net) && !isRail(net));
    return reached ?? this.#rng.shuffle(waiting.filter((net) => !isRail(net)))[0] ?? waiting[0];
  }

  #leaveNet(net: string): number | undefined {
    const pins = this.#onNet.get(net) as PinOnNet[];
    // To a device that was begun where there is one. From a rail no new device is begun but for want of another way.
    let index = pins.findIndex(({ device }) => this.#deviceWords[device] !== undefined);
    if (index < 0 && !isRail(net)) index = pins.length - 1;
    if (index < 0 && this.#deviceWords.every((word) => word === undefined)) index = pins.length - 1;
    if (index < 0) {
      const isLast = [...this.#onNet].every(([other, left]) => left.length === 0 || isRail(other));
      if (isLast) index = pins.length - 1;
    }
    const pin = pins[index];
    if (pin === undefined) return undefined;
    pins.splice(index, 1);
    const ofDevice = this.#ofDevice[pin.device] as number[];
    ofDevice.splice(ofDevice.indexOf(pin.pin), 1);
    this.#sentence.push(this.#edge(pin), this.#device(pin.device));
    return pin.device;
  }

  #leaveDevice(device: number): string | undefined {
    const pin = this.#ofDevice[device]?.pop();
    if (pin === undefined) return undefined;
    const net = this.#circuit.devices[device]?.nets[pin] as string;
    const pins = this.#onNet.get(net) as PinOnNet[];
    pins.splice(
      pins.findIndex((other) => other.device === device && other.pin === pin),
      1,
    );
    this.#sentence.push(this.#edge({ device, pin }), this.#net(net));
    return net;
  }

  #edge({ device, pin }: PinOnNet): string {
    return this.#words.edge(this.#types[device] as DeviceType, pin);
  }

  #device(device: number): string {
    let word = this.#deviceWords[device];
    if (word === undefined) {
      const type = this.#types[device] as DeviceType;
      const count = (this.#counts.get(type) ?? 0) + 1;
      this.#counts.set(type, count);
      word = this.#words.device(type, this.#numbers?.(type) ?? count);
      this.#deviceWords[device] = word;
    }
    return word;
  }

  #net(net: string): string {
    let word = this.#netWords.get(net);
    if (word === undefined) {
      const internal = [...this.#netWords.keys()].filter((other) => !this.#circuit.isPort(other)).length;
      word = this.#circuit.isPort(net) ? net : this.#words.net(internal);
      this.#netWords.set(net, word);
    }
    return word;
  }
}

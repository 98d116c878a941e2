import {
  leadingWords,
  TopogenieError,
  type Circuit,
  type Conditions,
  type Device,
  type DeviceType,
  type Rng,
} from "@topogenie/core";
import type { NetlistWords } from "./netlist-words.js";
import type { NetlistOptions } from "./options.js";
import { writingOrder } from "./writing-order.js";

/** How often another order is tried when the words for nets come round too early; every second one breadth first. */
const ATTEMPTS = 20;

/** Throws `CIRCUIT_NOT_ENCODABLE`, saying why. */
export function writeSentence(
  circuit: Circuit,
  words: NetlistWords,
  options: NetlistOptions,
  rng: Rng,
  conditions?: Conditions,
): string[] {
  const types = deviceTypesOf(circuit, words);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const sentence = leadingWords(conditions);
    const order = attempt % 2 === 0 ? options.order : "breadth-first";
    if (writeDevices(circuit, types, words, { ...options, order }, rng, sentence)) return sentence;
  }
  return refuse(
    circuit,
    `its nets reach too far for ${options.nets} words for nets. Allow more of them in the scheme's option "nets"`,
  );
}

/** False when a net is needed after its word has been taken by a newer one. */
function writeDevices(
  circuit: Circuit,
  types: ReadonlyMap<Device, DeviceType>,
  words: NetlistWords,
  options: NetlistOptions,
  rng: Rng,
  sentence: string[],
): boolean {
  const ports = new Set(circuit.ports);
  const numbers = new Map<string, number>();
  for (const device of writingOrder(circuit, options.order, rng)) {
    const type = types.get(device) as DeviceType;
    sentence.push(words.device(type));
    for (const net of options.pins === "random" ? shuffledPins(device, type, rng) : device.nets) {
      if (ports.has(net)) {
        sentence.push(net);
        continue;
      }
      const known = numbers.get(net);
      if (known !== undefined && known <= numbers.size - options.nets) return false;
      const number = known ?? numbers.size;
      numbers.set(net, number);
      sentence.push(words.net(number % options.nets));
    }
  }
  return true;
}

/** A device's nets with those of interchangeable pins in random order. */
function shuffledPins({ nets }: Device, { pins, interchangeablePins }: DeviceType, rng: Rng): string[] {
  const shuffled = [...nets];
  for (const group of interchangeablePins) {
    const places = group.map((name) => pins.findIndex((pin) => pin.name === name));
    const order = rng.shuffle(places);
    places.forEach((place, index) => {
      shuffled[place] = nets[order[index] as number] as string;
    });
  }
  return shuffled;
}

function deviceTypesOf(circuit: Circuit, words: NetlistWords): ReadonlyMap<Device, DeviceType> {
  if (circuit.devices.length === 0) refuse(circuit, "it has no device");
  for (const port of circuit.ports) {
    if (!words.isPortName(port))
      refuse(circuit, `its port "${port}" is written like no port (a letter, then letters, digits or _)`);
    if (circuit.nets.get(port)?.length === 0) refuse(circuit, `no device touches its port ${port}. Connect it or remove it`);
  }
  return new Map(
    circuit.devices.map((device) => {
      const type = words.types.find(({ name }) => name === device.type);
      if (type === undefined) {
        return refuse(circuit, `device ${device.name} is of type "${device.type}", which no plugin of this run provides`);
      }
      if (device.nets.length !== type.pins.length) {
        refuse(
          circuit,
          `device ${device.name} touches ${device.nets.length} nets but a ${type.name} has ${type.pins.length} pins`,
        );
      }
      return [device, type] as const;
    }),
  );
}

function refuse(circuit: Circuit, why: string): never {
  throw new TopogenieError("CIRCUIT_NOT_ENCODABLE", `Circuit "${circuit.name}" cannot be written as a sentence: ${why}.`);
}

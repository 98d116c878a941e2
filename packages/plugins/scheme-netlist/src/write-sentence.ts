import { refuseCircuit, writableTypes, type Circuit, type DeviceType, type Rng } from "@topogenie/core";
import type { NetlistWords } from "./netlist-words.js";
import type { NetlistOptions } from "./options.js";
import { shuffledPins } from "./shuffled-pins.js";
import { writingOrder } from "./writing-order.js";

/** How often another order is tried when the words for nets come round too early; every second one breadth first. */
const ATTEMPTS = 20;

/** Throws `CIRCUIT_NOT_ENCODABLE`, saying why. */
export function writeSentence(circuit: Circuit, words: NetlistWords, options: NetlistOptions, rng: Rng): string[] {
  const types = writableTypes(circuit, words);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const sentence: string[] = [];
    const order = attempt % 2 === 0 ? options.order : "breadth-first";
    if (writeDevices(circuit, types, words, { ...options, order }, rng, sentence)) return sentence;
  }
  return refuseCircuit(
    circuit,
    `its nets reach too far for ${options.nets} words for nets. Allow more of them in the scheme's option "nets"`,
  );
}

/** False when a net is needed after its word has been taken by a newer one. */
function writeDevices(
  circuit: Circuit,
  types: readonly DeviceType[],
  words: NetlistWords,
  options: NetlistOptions,
  rng: Rng,
  sentence: string[],
): boolean {
  const ports = new Set(circuit.ports);
  const numbers = new Map<string, number>();
  const typeOf = new Map(circuit.devices.map((device, index) => [device, types[index]]));
  for (const device of writingOrder(circuit, options.order, rng)) {
    const type = typeOf.get(device) as DeviceType;
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

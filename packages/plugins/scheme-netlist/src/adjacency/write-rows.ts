import { writableTypes, type Circuit, type DeviceType, type Rng } from "@topogenie/core";
import { shuffledPins } from "../shuffled-pins.js";
import { writingOrder } from "../writing-order.js";
import type { AdjacencyOptions } from "./options.js";
import { OPEN, type RowWords } from "./row-words.js";

/**
 * Devices in breadth-first order, each with its row of edges: pin by pin a port, a net not touched before, or the last device on
 * the pin's net and the first of its pins there.
 * Throws `CIRCUIT_NOT_ENCODABLE`, saying why.
 */
export function writeRows(circuit: Circuit, words: RowWords, options: AdjacencyOptions, rng: Rng): string[] {
  const types = writableTypes(circuit, words);
  const typeOf = new Map(circuit.devices.map((device, index) => [device, types[index]]));
  const last = new Map<string, { readonly row: number; readonly pin: string }>();
  const sentence: string[] = [];
  writingOrder(circuit, "breadth-first", rng).forEach((device, row) => {
    const type = typeOf.get(device) as DeviceType;
    sentence.push(words.device(type));
    const nets = options.pins === "random" ? shuffledPins(device, type, rng) : device.nets;
    nets.forEach((net, pin) => {
      if (circuit.isPort(net)) {
        sentence.push(net);
        return;
      }
      const before = last.get(net);
      if (before === undefined) sentence.push(OPEN);
      else sentence.push(words.back(row - before.row), words.pin(before.pin));
      if (before?.row !== row) last.set(net, { row, pin: type.pins[pin]?.name ?? "" });
    });
  });
  return sentence;
}

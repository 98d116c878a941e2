import { z } from "zod";

export const eulerianOptions = z.strictObject({
  portPins: z
    .enum(["star", "clique"])
    .default("star")
    .describe("Whether pins on a port's net are joined to the port alone (star) or to each other as well (clique)"),
  renumberDevices: z
    .boolean()
    .default(true)
    .describe("Number the devices of a type in random order at every encoding, not in the circuit's order"),
  strictness: z
    .enum(["walk", "circuit"])
    .default("circuit")
    .describe("Decode only exact Eulerian circuits (walk), or any walk from which a whole circuit can be read (circuit)"),
});

export type EulerianOptions = z.output<typeof eulerianOptions>;
export type PortPins = EulerianOptions["portPins"];

import { z } from "zod";

export const eulerianOptions = z.strictObject({
  portPins: z
    .enum(["star", "clique"])
    .default("star")
    .describe("Whether pins on a port's net are joined to the port alone (star) or to each other as well (clique)"),
  walk: z
    .enum(["uniform", "depth-first"])
    .default("uniform")
    .describe(
      "Draw every closed walk equally often (uniform), or walks that come back at once and are easier to learn (depth-first)",
    ),
  deviceNumbers: z
    .enum(["random", "circuit", "visit"])
    .default("random")
    .describe("Number the devices of a type in random order, in the circuit's, or in the order in which the walk comes to them"),
  rules: z
    .enum(["enforce", "ignore"])
    .default("enforce")
    .describe(
      "Whether the grammar lets only circuits end that obey the electrical rules, or any walk from which a circuit can be read",
    ),
  strictness: z
    .enum(["walk", "circuit"])
    .default("circuit")
    .describe("Decode only exact Eulerian circuits (walk), or any walk from which a whole circuit can be read (circuit)"),
});

export type EulerianOptions = z.output<typeof eulerianOptions>;
export type PortPins = EulerianOptions["portPins"];

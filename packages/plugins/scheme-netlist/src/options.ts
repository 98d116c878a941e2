import { z } from "zod";

export const netlistOptions = z.strictObject({
  order: z
    .enum(["depth-first", "breadth-first", "circuit"])
    .default("depth-first")
    .describe(
      "Write next a device on the net that was opened last (depth-first) or first (breadth-first), by chance where several are; " +
        "or always the first of the circuit's own order that touches a net written before. Seeds are drawn block by block, so " +
        "that the last keeps blocks together and is learnt in much fewer steps; but it draws every circuit alike",
    ),
  pins: z
    .enum(["random", "circuit"])
    .default("random")
    .describe("Write interchangeable pins, such as drain and source, in random order or as the circuit has them"),
  nets: z
    .int()
    .min(16)
    .max(1024)
    .default(64)
    .describe("Words for internal nets. A circuit may have more nets than that: the words of the oldest are used again"),
});

export type NetlistOptions = z.output<typeof netlistOptions>;

import { z } from "zod";

export const adjacencyOptions = z.strictObject({
  pins: z
    .enum(["random", "circuit"])
    .default("random")
    .describe("Write interchangeable pins, such as drain and source, in random order or as the circuit has them"),
});

export type AdjacencyOptions = z.output<typeof adjacencyOptions>;

import { z } from "zod";

export const compactOptions = z.strictObject({
  deviceNumbers: z
    .enum(["visit", "random"])
    .default("visit")
    .describe("Number the devices of a type in the order in which the walk comes to them, or at random as augmentation"),
  attempts: z.int().min(1).max(64).default(4).describe("Walks that are tried for every sentence; the shortest is written"),
});

export type CompactOptions = z.output<typeof compactOptions>;

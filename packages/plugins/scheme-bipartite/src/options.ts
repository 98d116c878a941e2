import { z } from "zod";

export const bipartiteOptions = z.strictObject({
  deviceNumbers: z
    .enum(["visit", "random"])
    .default("visit")
    .describe("Number the devices of a type in the order in which the walk comes to them, or at random as augmentation"),
});

export type BipartiteOptions = z.output<typeof bipartiteOptions>;

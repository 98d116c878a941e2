import { z } from "zod";

export const randomOptions = z.strictObject({
  sequence: z
    .enum(["uniform", "halton"])
    .default("uniform")
    .describe("Independent uniform points, or a randomized Halton sequence, which leaves smaller gaps."),
});

export type RandomOptions = z.output<typeof randomOptions>;

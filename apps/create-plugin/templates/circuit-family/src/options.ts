import { z } from "zod";

export const mirrorOptions = z.strictObject({
  supplyVolts: z.number().positive().default(1.8).describe("VDD over VSS"),
  referenceAmperes: z.number().positive().default(20e-6).describe("Current that is copied; a second bench doubles it"),
});

export type MirrorOptions = z.output<typeof mirrorOptions>;

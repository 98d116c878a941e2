import { z } from "zod";

export const pllOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
  referencePeriodS: z.number().positive().max(1).default(10e-9).describe("period of the reference at first"),
  referenceRise: z.number().positive().max(0.5).default(0.06).describe("how much faster the reference becomes, as a share"),
  firstCycles: z.number().int().min(12).default(26).describe("reference cycles before it becomes faster"),
  secondCycles: z.number().int().min(12).default(16).describe("reference cycles from then until it stops"),
  loadFarads: z.number().positive().max(1).default(10e-15).describe("capacitor from every output to VSS"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  timeoutMs: z.number().int().positive().default(60_000).describe("longest that one simulation may take"),
});

export type PllOptions = z.output<typeof pllOptions>;

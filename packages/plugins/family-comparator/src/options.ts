import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const comparatorOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
  periodS: z.number().positive().max(1).default(100e-9).describe("time for one decision, and period of the clocks"),
  loadFarads: z.number().positive().max(1).default(20e-15).describe("capacitor from every output to VSS"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  departures: departuresOption,
  timeoutMs: z.number().int().positive().default(30_000).describe("longest that one simulation may take"),
});

export type ComparatorOptions = z.output<typeof comparatorOptions>;

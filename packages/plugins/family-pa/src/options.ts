import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const paOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
  frequencyHz: z.number().positive().max(100e9).default(1e9).describe("frequency of the carrier"),
  sourceOhms: z.number().positive().default(50).describe("resistance of the source"),
  loadOhms: z.number().positive().default(50).describe("resistance across the output"),
  windingOhms: z.number().positive().default(0.5).describe("resistance in series with every inductor"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  departures: departuresOption,
  timeoutMs: z.number().int().positive().default(30_000).describe("longest that one simulation may take"),
});

export type PaOptions = z.output<typeof paOptions>;

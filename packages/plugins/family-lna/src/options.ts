import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const lnaOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
  frequencyHz: z.number().positive().max(100e9).default(2.4e9).describe("frequency at which everything is measured"),
  sourceOhms: z.number().positive().default(50).describe("resistance of the source, behind every input"),
  loadOhms: z
    .number()
    .positive()
    .default(500)
    .describe("noiseless resistance that takes the output power: what the next stage shows"),
  windingOhms: z.number().positive().default(4).describe("resistance in series with every inductor"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  departures: departuresOption,
  timeoutMs: z.number().int().positive().default(30_000).describe("longest that one simulation may take"),
});

export type LnaOptions = z.output<typeof lnaOptions>;

import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const vcoOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
  slowestHz: z
    .number()
    .positive()
    .max(20e9)
    .default(0.75e9)
    .describe("lowest frequency of the band; eight times this is the highest. Everything is timed by it"),
  outputFarads: z.number().positive().max(1e-9).default(10e-15).describe("capacitor from every output to VSS"),
  windingOhms: z.number().positive().default(3).describe("resistance in series with every inductor"),
  offsetHz: z.number().positive().default(1e6).describe("distance from the carrier at which phase noise is estimated"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  departures: departuresOption,
  timeoutMs: z.number().int().positive().default(30_000).describe("longest that one simulation may take"),
});

export type VcoOptions = z.output<typeof vcoOptions>;

/** The band is this wide, so that one step of time resolves all of it. */
export const BAND_RATIO = 8;

import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const mixerOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
  intermediateHz: z
    .number()
    .positive()
    .max(10e9)
    .default(400e6)
    .describe("intermediate frequency; the local oscillator is at three times this and the signal at four times"),
  sourceOhms: z.number().positive().default(50).describe("resistance of the signal's and of the local oscillator's source"),
  loadOhms: z.number().positive().default(1000).describe("resistance across the output"),
  windingOhms: z.number().positive().default(4).describe("resistance in series with every inductor"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  departures: departuresOption,
  timeoutMs: z.number().int().positive().default(30_000).describe("longest that one simulation may take"),
});

export type MixerOptions = z.output<typeof mixerOptions>;

import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const samplerOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS; clocks swing between the two"),
  periodS: z.number().positive().max(1).default(200e-9).describe("clock period, one over the sampling rate"),
  loadFarads: z.number().positive().max(1).default(200e-15).describe("capacitor from every output to VSS"),
  samples: z.number().int().min(8).max(1024).default(16).describe("samples that the spectrum is made from"),
  cycles: z
    .number()
    .int()
    .min(1)
    .default(3)
    .describe("cycles of the input sine in these samples; it must have no divisor in common with them"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  departures: departuresOption,
  timeoutMs: z.number().int().positive().default(30_000).describe("longest that one simulation may take"),
});

export type SamplerOptions = z.output<typeof samplerOptions>;

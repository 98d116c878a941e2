import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const ldoOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("input voltage of the regulator, and VDD"),
  lightLoadAmperes: z.number().positive().max(10).default(100e-6).describe("least current that the output gives"),
  fullLoadAmperes: z.number().positive().max(10).default(10e-3).describe("most current that the output gives"),
  loadFarads: z.number().positive().max(1).default(100e-12).describe("capacitance of the load, beside the circuit's own"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  departures: departuresOption,
  timeoutMs: z.number().int().positive().default(30_000).describe("longest that one simulation may take"),
});

export type LdoOptions = z.output<typeof ldoOptions>;

import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const powerConverterOptions = z.strictObject({
  inputVolts: z
    .number()
    .positive()
    .max(20)
    .default(1.8)
    .describe("VIN over VSS; VDD, which feeds control and drivers, is the same"),
  loadOhms: z.number().positive().default(50).describe("resistor from the output to VSS"),
  periodS: z.number().positive().max(1).default(100e-9).describe("switching period"),
  periods: z
    .number()
    .int()
    .min(20)
    .max(10_000)
    .default(40)
    .describe("switching periods that a run lasts; the last 40 % are measured"),
  driverOhms: z.number().positive().default(10).describe("resistance of the drivers of control ports"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  departures: departuresOption,
  timeoutMs: z.number().int().positive().default(60_000).describe("longest that one simulation may take"),
});

export type PowerConverterOptions = z.output<typeof powerConverterOptions>;

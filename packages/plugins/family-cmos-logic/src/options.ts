import { z } from "zod";

export const cmosLogicOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
  loadFarads: z.number().positive().max(1).default(20e-15).describe("capacitor from every output to VSS"),
  slotS: z
    .number()
    .positive()
    .max(1)
    .default(3e-9)
    .describe("time that each combination of inputs stays; half a clock period in clocked circuits"),
  inputLoss: z
    .number()
    .min(0)
    .max(0.4)
    .default(0.15)
    .describe("how far input levels stay away from the rails, as a share of the supply"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  timeoutMs: z.number().int().positive().default(30_000).describe("longest that one simulation may take"),
});

export type CmosLogicOptions = z.output<typeof cmosLogicOptions>;

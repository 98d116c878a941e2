import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const bandgapOptions = z
  .strictObject({
    supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
    coldestCelsius: z.number().min(-60).max(200).default(-40),
    hottestCelsius: z.number().min(-60).max(200).default(125),
    nominalCelsius: z.number().min(-60).max(200).default(27),
    loadFarads: z.number().positive().max(1).default(1e-12).describe("capacitor from the output to VSS"),
    departures: departuresOption,
    timeoutMs: z.number().int().positive().default(30_000).describe("longest that one simulation may take"),
  })
  .refine(
    ({ coldestCelsius, nominalCelsius, hottestCelsius }) => coldestCelsius < nominalCelsius && nominalCelsius < hottestCelsius,
    { message: "coldestCelsius, nominalCelsius and hottestCelsius must ascend", path: ["nominalCelsius"] },
  );

export type BandgapOptions = z.output<typeof bandgapOptions>;

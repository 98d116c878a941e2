import { departuresOption } from "@topogenie/building-blocks";
import { z } from "zod";

export const opampOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
  loadFarads: z.number().positive().max(1).default(10e-12).describe("capacitor from every output to VSS"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  departures: departuresOption.describe(
    "the most choices in which a seed may differ from the plain form of its structure, further stages counting as one; " +
      "2 draws some 2,800 seeds, 4 some 27,000, 9 all 90,000",
  ),
  timeoutMs: z.number().int().positive().default(10_000).describe("longest that one simulation may take"),
});

export type OpampOptions = z.output<typeof opampOptions>;

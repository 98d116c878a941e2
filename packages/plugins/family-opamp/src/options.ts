import { z } from "zod";

export const opampOptions = z.strictObject({
  supplyVolts: z.number().positive().max(20).default(1.8).describe("VDD over VSS"),
  loadFarads: z.number().positive().max(1).default(10e-12).describe("capacitor from every output to VSS"),
  temperatureCelsius: z.number().min(-60).max(200).default(27),
  timeoutMs: z.number().int().positive().default(10_000).describe("longest that one simulation may take"),
});

export type OpampOptions = z.output<typeof opampOptions>;

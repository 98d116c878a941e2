import { z } from "zod";
import type { DeviceType } from "../../contracts/device-type.js";
import { guarded } from "./guarded.js";
import type { Seam } from "./seam.js";
import { expectShape, isArray } from "./shape.js";

const shape = z.looseObject({
  name: z.string().min(1),
  tokenPrefix: z.string().min(1),
  spiceLetter: z.string().length(1),
  title: z.string(),
  pins: z.array(z.looseObject({ name: z.string(), title: z.string() })).min(2),
  interchangeablePins: z.array(z.array(z.string())),
  conduction: z.array(z.tuple([z.string(), z.string()])),
  parameters: z.array(
    z.looseObject({
      name: z.string(),
      minimum: z.number(),
      maximum: z.number(),
      default: z.number(),
      scale: z.enum(["linear", "log"]),
    }),
  ),
  models: z.array(z.looseObject({ name: z.string(), type: z.string() })),
  symbol: z.looseObject({ width: z.number(), height: z.number() }),
});

export function isolatedDeviceType(type: DeviceType, seam: Seam): DeviceType {
  expectShape(seam, "create", shape, type);
  const { name, tokenPrefix, spiceLetter, title, pins, interchangeablePins, conduction, parameters, models, symbol } = type;
  return guarded<DeviceType>({
    ...{ name, tokenPrefix, spiceLetter, title, pins, interchangeablePins, conduction, parameters, models, symbol },
    toSpice: (instance) => {
      const elements = seam.call("toSpice", () => type.toSpice(instance));
      seam.expect(isArray(elements) && elements.length > 0, "toSpice", () => "an array of one element or more is expected");
      return elements;
    },
  });
}

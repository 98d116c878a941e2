import type { DeviceType } from "../contracts/device-type.js";
import { behaviour, type ConformanceCheck } from "./conformance-check.js";
import { elements } from "./device-type/elements.js";
import { endurance } from "./device-type/endurance.js";
import { modelCards } from "./device-type/model-cards.js";
import { names } from "./device-type/names.js";
import { parameters } from "./device-type/parameters.js";
import { pins } from "./device-type/pins.js";
import { repeating } from "./device-type/repeating.js";
import { schematicSymbol } from "./device-type/symbol.js";

/** What every device type promises, for a plugin's own tests. */
export function deviceTypeConformance(type: DeviceType): readonly ConformanceCheck[] {
  return [
    ...behaviour("device-type", "names", names(type)),
    ...behaviour("device-type", "pins", pins(type)),
    ...behaviour("device-type", "parameters", parameters(type)),
    ...behaviour("device-type", "model-cards", modelCards(type)),
    ...behaviour("device-type", "elements", elements(type)),
    ...behaviour("device-type", "repeating", repeating(type)),
    ...behaviour("device-type", "endurance", endurance(type)),
    ...behaviour("device-type", "symbol", schematicSymbol(type)),
  ].map((check) => ({ ...check, name: `${type.name}: ${check.name}` }));
}

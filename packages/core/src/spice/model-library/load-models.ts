import { resolve } from "node:path";
import type { ModelCard } from "../../contracts/deck.js";
import type { DeviceType } from "../../contracts/device-type.js";
import { TopogenieError } from "../../runtime/error.js";
import { didYouMean } from "../../runtime/nearest.js";
import { deckNames } from "../name.js";
import { libraryCard } from "./library-card.js";
import { readLibrary } from "./read-library.js";

/** The part of a config that says which models of which file replace the device types' own. */
export interface ModelMapping {
  /** Relative to the config's folder. */
  readonly library: string;
  readonly section?: string | undefined;
  /** Names of models in the library by device type name. */
  readonly map: Readonly<Record<string, string>>;
}

/** Cards by the name of the device type whose own they replace. */
export type ModelCards = ReadonlyMap<string, ModelCard>;

/**
 * The cards that a config maps device types to. Their names in a deck begin with `lib_`.
 * Throws `MODEL_LIBRARY_UNREADABLE` and what {@link libraryCard} throws.
 */
export async function loadModels(mapping: ModelMapping | undefined, folder: string): Promise<ModelCards> {
  if (mapping === undefined) return new Map();
  const library = await readLibrary(resolve(folder, mapping.library), mapping.section);
  const names = deckNames(Object.values(mapping.map), "lib_");
  return new Map(
    Object.entries(mapping.map).map(([type, model]) => [type, libraryCard(library, model, names.get(model) ?? "")] as const),
  );
}

/** Throws `MODEL_MAPPING` unless each card is mapped to a device type that has one card, of the same kind. */
export function checkModelMapping(cards: ModelCards, deviceTypes: ReadonlyMap<string, DeviceType>): void {
  const refuse = (type: string, problem: string): never => {
    throw new TopogenieError("MODEL_MAPPING", `models.map.${type}: ${problem}`);
  };
  for (const [name, card] of cards) {
    const own = deviceTypes.get(name)?.models;
    const single = [...deviceTypes.values()].filter(({ models }) => models.length === 1).map((type) => type.name);
    if (own === undefined) refuse(name, `there is no device type of this name.${didYouMean(name, single)}`);
    else if (own.length === 0) refuse(name, `this device type has no model. Those that have one: ${single.join(", ")}.`);
    else if (own.length > 1) {
      refuse(name, `this block is made of several transistors; it takes the models given to ${single.join(", ")}.`);
    } else if (own[0]?.type !== card.type) {
      refuse(name, `the library's model is of type ${card.type}, and this device type needs ${own[0]?.type ?? "another"}.`);
    }
  }
}

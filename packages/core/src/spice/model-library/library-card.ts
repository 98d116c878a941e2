import { parseEngineeringNumber } from "../../circuit/netlist/engineering-number.js";
import type { ModelCard } from "../../contracts/deck.js";
import { TopogenieError } from "../../runtime/error.js";
import { didYouMean } from "../../runtime/nearest.js";
import { isDeckName } from "../name.js";
import { checkNumber } from "../spice-number.js";
import { unquoted, type Library, type LibraryCard } from "./read-library.js";

/** The kinds of device that a deck can hold. */
const types: readonly ModelCard["type"][] = ["nmos", "pmos", "npn", "pnp", "d"];

/** What {@link splitAssignments} leaves of a version with two dots; ngspice reads 3.2.4 and 3.24 as the same. */
const TWO_DOTS = /^(\d+\.\d+)\.(\d+)$/;

/**
 * A library's model as a card of a deck: nothing but checked names and finite numbers. A value may be a number as SPICE
 * writes it, or the name of a `.param` that is one.
 * Throws `MODEL_NOT_FOUND`, `MODEL_UNSUPPORTED` or `MODEL_INVALID`, naming file and line.
 */
export function libraryCard(library: Library, model: string, deckName: string): ModelCard {
  const found = library.cards.get(model.toLowerCase());
  if (found === undefined) throw missing(library, model);
  const [, kind = "", ...others] = found.words;
  const type = types.find((known) => known === kind.toLowerCase());
  if (type === undefined) {
    throw new TopogenieError(
      "MODEL_UNSUPPORTED",
      `${found.place}: model "${model}" is of type ${JSON.stringify(kind)}; only ${types.join(", ")} can be used.`,
    );
  }
  if (others[0] !== undefined) throw invalid(found, `${JSON.stringify(others[0])} is no assignment of the form name=value`);
  const parameters = [...found.assignments].map(([name, text]) => [name, parameterValue(library, found, name, text)] as const);
  return { name: deckName, type, parameters: Object.fromEntries(parameters) };
}

function parameterValue(library: Library, card: LibraryCard, name: string, text: string): number {
  if (!isDeckName(name)) throw invalid(card, `${JSON.stringify(name.slice(0, 40))} is no name of a parameter`);
  const plain = unquoted(text).toLowerCase();
  const version = name === "version" ? TWO_DOTS.exec(plain) : null;
  const value =
    parseEngineeringNumber(version === null ? plain : `${version[1] ?? ""}${version[2] ?? ""}`) ?? library.parameters.get(plain);
  if (value === undefined) {
    throw new TopogenieError(
      "MODEL_UNSUPPORTED",
      `${card.place}: model "${card.name}": parameter "${name}" is ${JSON.stringify(text.slice(0, 60))}. ` +
        `Expressions are not evaluated; a value must be a number or the name of a .param that is one.`,
    );
  }
  checkNumber(value, `${card.place}: model "${card.name}", parameter "${name}"`);
  return value;
}

function missing(library: Library, model: string): TopogenieError {
  const name = model.toLowerCase();
  const subcircuit = library.subcircuits.get(name);
  if (subcircuit !== undefined) {
    return new TopogenieError(
      "MODEL_UNSUPPORTED",
      `${subcircuit}: "${model}" is a subcircuit (.subckt). Only .model cards can be used; name the card that it is made of.`,
    );
  }
  const bins = [...library.cards.values()].filter((card) => card.name.toLowerCase().replace(/\.\d+$/, "") === name);
  const [bin] = bins;
  if (bin !== undefined) {
    return new TopogenieError(
      "MODEL_UNSUPPORTED",
      `${bin.place}: model "${model}" is binned (${bins.length} cards, ${bin.name} the first). Bins are not chosen by size; ` +
        `name the one card that fits, for example ${bin.name}.`,
    );
  }
  const known = [...library.cards.values()].map((card) => card.name);
  return new TopogenieError(
    "MODEL_NOT_FOUND",
    `${library.file} has no model "${model}".${didYouMean(model, known)} ` +
      (known.length === 0 ? "It has no models" : `Models: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}`) +
      (library.sections.size === 0 ? "." : `; sections, to be chosen by models.section: ${[...library.sections].join(", ")}.`),
  );
}

function invalid(card: LibraryCard, what: string): TopogenieError {
  return new TopogenieError("MODEL_INVALID", `${card.place}: model "${card.name}": ${what}.`);
}

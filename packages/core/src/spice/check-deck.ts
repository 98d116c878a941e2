import { elementKinds, GROUND, type Deck, type DeckElement, type ModelCard } from "../contracts/deck.js";
import { TopogenieError } from "../runtime/error.js";
import { isDeckName } from "./name.js";
import { checkNumber, checkPositive } from "./spice-number.js";

/** Words that SPICE reads as something other than a node where a node may stand. */
const RESERVED_NODES = new Set([
  "time",
  "temper",
  "frequency",
  "hertz",
  "gnd",
  "poly",
  "vol",
  "cur",
  "value",
  "table",
  "laplace",
  "freq",
  "all",
  "allv",
  "alli",
  "ally",
]);

/** Which model types fit an element kind. */
const modelTypes: Readonly<Partial<Record<DeckElement["kind"], readonly ModelCard["type"][]>>> = {
  mosfet: ["nmos", "pmos"],
  bipolar: ["npn", "pnp"],
  diode: ["d"],
  switch: ["sw"],
  resistor: ["r"],
  capacitor: ["c"],
};

/** Values that must be above zero: engines replace a zero or refuse it in ways that differ. */
const positiveValues = new Set(["w", "l", "m", "area", "c"]);

/** Values without which an element means nothing. */
const neededValues: Readonly<Partial<Record<DeckElement["kind"], readonly string[]>>> = {
  resistor: ["r"],
  capacitor: ["c"],
  inductor: ["l"],
  mosfet: ["w", "l"],
  vcvs: ["gain"],
  vccs: ["gain"],
};

export function deckError(where: string, problem: string): TopogenieError {
  return new TopogenieError("DECK_INVALID", `${where}: ${problem}`);
}

/** Throws `DECK_INVALID`, naming the element and the problem, unless the deck keeps every rule of {@link Deck}. */
export function checkDeck(deck: Deck): void {
  if (deck.elements.length === 0) throw deckError("deck", "it has no elements.");
  if (deck.temperatureCelsius !== undefined) checkNumber(deck.temperatureCelsius, "temperatureCelsius");
  const models = new Map<string, ModelCard>();
  for (const model of deck.models) {
    checkModel(model);
    if (models.has(model.name)) throw deckError(`model "${model.name}"`, "the deck has two models of this name.");
    models.set(model.name, model);
  }
  const names = new Set<string>();
  for (const element of deck.elements) {
    const where = checkName(element.name, "element");
    if (names.has(element.name)) throw deckError(where, "the deck has two elements of this name.");
    names.add(element.name);
    checkElement(element, where, models);
  }
}

function checkElement(element: DeckElement, where: string, models: ReadonlyMap<string, ModelCard>): void {
  if (!Object.hasOwn(elementKinds, element.kind)) throw deckError(where, `there is no element kind ${quoted(element.kind)}.`);
  const kind = elementKinds[element.kind];
  if (element.nodes.length !== kind.nodes) {
    throw deckError(where, `a ${element.kind} has ${kind.nodes} nodes, not ${element.nodes.length}.`);
  }
  for (const node of element.nodes) checkNode(node, where, models);
  if (element.model === undefined) {
    if (kind.model) throw deckError(where, `a ${element.kind} needs a model.`);
  } else {
    const model = models.get(element.model);
    if (model === undefined) throw deckError(where, `the deck has no model ${quoted(element.model)}.`);
    if (modelTypes[element.kind]?.includes(model.type) !== true) {
      throw deckError(where, `a ${element.kind} cannot use model "${model.name}" of type ${model.type}.`);
    }
  }
  for (const [name, value] of Object.entries(element.values)) checkElementValue(element, name, value);
  for (const name of neededValues[element.kind] ?? []) {
    if (element.values[name] === undefined) throw deckError(where, `a ${element.kind} needs the value "${name}".`);
  }
  if (element.waveform !== undefined && element.kind !== "voltage" && element.kind !== "current") {
    throw deckError(where, "only voltage and current sources have a waveform.");
  }
}

/** Throws `DECK_INVALID` unless an element of this kind may take this value. */
export function checkElementValue(element: DeckElement, name: string, value: number): void {
  const where = `element "${element.name}"`;
  const values: readonly string[] = elementKinds[element.kind].values;
  if (!values.includes(name)) {
    const known = values.join(", ") || "none";
    throw deckError(where, `a ${element.kind} has no value ${quoted(name)} (it has: ${known}).`);
  }
  const valueWhere = `${where}, value "${name}"`;
  if (positiveValues.has(name)) checkPositive(value, valueWhere);
  else checkNumber(value, valueWhere);
  if (name === "r" && value === 0) throw deckError(valueWhere, "a resistance cannot be zero.");
}

export function checkNode(node: string, where: string, models: ReadonlyMap<string, ModelCard>): void {
  if (node === GROUND) return;
  if (!isDeckName(node)) throw deckError(where, `node ${quoted(node)} is not "0" nor of the form [a-z][a-z0-9_]*.`);
  if (RESERVED_NODES.has(node)) throw deckError(where, `node "${node}" is a word with a meaning of its own in SPICE.`);
  if (models.has(node)) throw deckError(where, `node "${node}" has the name of a model.`);
}

function checkModel(model: ModelCard): void {
  const where = checkName(model.name, "model");
  const types: readonly string[] = ["nmos", "pmos", "npn", "pnp", "d", "sw", "r", "c"];
  if (!types.includes(model.type)) throw deckError(where, `there is no model type ${quoted(model.type)}.`);
  for (const [name, value] of Object.entries(model.parameters)) {
    if (!isDeckName(name)) throw deckError(where, `parameter ${quoted(name)} is not of the form [a-z][a-z0-9_]*.`);
    checkNumber(value, `${where}, parameter "${name}"`);
  }
}

function checkName(name: string, what: string): string {
  if (typeof name !== "string" || !isDeckName(name)) {
    throw deckError(`${what} ${quoted(name)}`, "names are of the form [a-z][a-z0-9_]*, at most 64 characters.");
  }
  return `${what} "${name}"`;
}

/** The start of a possibly hostile text, safe to show on one line. */
function quoted(text: unknown): string {
  return JSON.stringify(String(text).slice(0, 40));
}

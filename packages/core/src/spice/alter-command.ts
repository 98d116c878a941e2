import type { DeckElement } from "../contracts/deck.js";
import { checkElementValue, deckError } from "./check-deck.js";
import { spiceNumber } from "./spice-number.js";
import { spiceName } from "./write-deck.js";

/** What ngspice calls the value of an element whose line states it without a name. */
const engineValueNames: Readonly<Record<string, string>> = {
  "resistor.r": "resistance",
  "capacitor.c": "capacitance",
  "inductor.l": "inductance",
};

/** Which element a key of {@link RunRequest.set} means, and which of its values. Throws `DECK_INVALID`. */
export function resolveValueKey(
  elements: ReadonlyMap<string, DeckElement>,
  key: string,
  value: number,
): { readonly element: DeckElement; readonly value: string } {
  const dot = key.indexOf(".");
  const element = elements.get(key.slice(0, dot));
  if (dot < 0 || element === undefined) {
    throw deckError(`set ${JSON.stringify(key.slice(0, 80))}`, "the deck has no such element (keys are element.value).");
  }
  const name = key.slice(dot + 1);
  checkElementValue(element, name, value);
  return { element, value: name };
}

/** The command that gives one value of a loaded circuit's element a new number. */
export function alterCommand(element: DeckElement, value: string, number: number): string {
  const engineName = engineValueNames[`${element.kind}.${value}`] ?? value;
  return `alter ${spiceName(element)} ${engineName} = ${spiceNumber(number, `element "${element.name}", value "${value}"`)}`;
}

import { elementKinds, type Deck, type DeckElement, type ModelCard, type Waveform } from "../contracts/deck.js";
import { checkDeck, deckError } from "./check-deck.js";
import { checkPositive, plainNumber, spiceNumber, type WriteNumber } from "./spice-number.js";

/** Longest line written; longer ones go on after a `+`. */
const LINE_LENGTH = 200;

/** What SPICE calls an element: its letter, then its name. */
export function spiceName(element: Pick<DeckElement, "kind" | "name">): string {
  return elementKinds[element.kind].letter + element.name;
}

/**
 * The deck's elements, temperature and models as SPICE lines, without title, analyses or `.end`.
 * Throws `DECK_INVALID` naming the element when the deck breaks the rules of {@link Deck}.
 */
export function writeDeck(deck: Deck, write: WriteNumber = spiceNumber): string[] {
  checkDeck(deck);
  return [
    ...deck.elements.flatMap((element) => wrapped(elementWords(element, write))),
    ...deck.models.flatMap((model) => wrapped(modelWords(model))),
    `.options temp=${write(deck.temperatureCelsius ?? 27, "temperatureCelsius")}${deck.bypass === true ? " bypass=1" : ""}`,
  ];
}

/** A title that no engine can read as anything else: letters, digits and plain punctuation. */
export function writeTitle(title: string): string {
  const plain = title
    .replace(/[^A-Za-z0-9 _.,()-]/g, "_")
    .slice(0, 80)
    .trim();
  return plain === "" ? "deck" : plain;
}

function elementWords(element: DeckElement, write: WriteNumber): string[] {
  const value = (name: string): string => write(element.values[name] ?? 0, `element "${element.name}", value "${name}"`);
  const assigned = (names: readonly string[]): string[] =>
    names.filter((name) => element.values[name] !== undefined).map((name) => `${name}=${value(name)}`);
  const words = [spiceName(element), ...element.nodes];
  switch (element.kind) {
    case "resistor":
      return [...words, ...modelName(element), value("r")];
    case "capacitor":
      return [...words, ...modelName(element), value("c")];
    case "inductor":
      return [...words, value("l")];
    case "mosfet":
    case "bipolar":
    case "diode":
    case "switch":
      return [...words, ...modelName(element), ...assigned(elementKinds[element.kind].values)];
    case "vcvs":
    case "vccs":
      return [...words, value("gain")];
    case "voltage":
    case "current":
      return [
        ...words,
        "dc",
        value("dc"),
        ...(element.values.acmag === undefined && element.values.acphase === undefined
          ? []
          : ["ac", value("acmag"), value("acphase")]),
        ...(element.waveform === undefined ? [] : waveformWords(element.waveform, write, `element "${element.name}", waveform`)),
      ];
  }
}

function modelName(element: DeckElement): string[] {
  return element.model === undefined ? [] : [element.model];
}

function modelWords(model: ModelCard): string[] {
  // "level" first: ngspice chooses by it how to read the rest.
  const names = Object.keys(model.parameters).sort((a, b) => Number(b === "level") - Number(a === "level"));
  return [
    ".model",
    model.name,
    model.type,
    // Always the plain form: ngspice reads a version as text, and a card is never altered afterwards.
    ...names.map(
      (name) => `${name}=${plainNumber(model.parameters[name] ?? Number.NaN, `model "${model.name}", parameter "${name}"`)}`,
    ),
  ];
}

function waveformWords(waveform: Waveform, write: WriteNumber, where: string): string[] {
  const number = (value: number): string => write(value, where);
  const positive = (value: number): string => {
    checkPositive(value, where);
    return write(value, where);
  };
  switch (waveform.kind) {
    case "pulse":
      return [
        "pulse(",
        number(waveform.low),
        number(waveform.high),
        number(waveform.delayS),
        positive(waveform.riseS),
        positive(waveform.fallS),
        positive(waveform.widthS),
        positive(waveform.periodS),
        ")",
      ];
    case "sine":
      return [
        "sin(",
        number(waveform.offset),
        number(waveform.amplitude),
        positive(waveform.frequencyHz),
        number(waveform.delayS ?? 0),
        ")",
      ];
    case "pwl": {
      let last = -Infinity;
      const words = waveform.points.flatMap(([timeS, value]) => {
        if (!(timeS > last)) throw deckError(where, "the times of its points must rise.");
        last = timeS;
        return [number(timeS), number(value)];
      });
      if (words.length === 0) throw deckError(where, "it has no points.");
      return ["pwl(", ...words, ")"];
    }
    default:
      throw deckError(where, "there is no such kind of waveform.");
  }
}

function wrapped(words: readonly string[]): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && line.length + word.length >= LINE_LENGTH) {
      lines.push(line);
      line = "+";
    }
    line += line === "" ? word : ` ${word}`;
  }
  lines.push(line);
  return lines;
}

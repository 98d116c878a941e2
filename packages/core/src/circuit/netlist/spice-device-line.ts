import type { DeviceType } from "../../contracts/device-type.js";
import { parseEngineeringNumber } from "./engineering-number.js";
import type { SpiceModels } from "./spice-models.js";
import { splitAssignments, type SpiceStatement } from "./spice-statements.js";

/** What one element line of a SPICE netlist says. */
export type SpiceElement =
  | {
      readonly kind: "device";
      readonly name: string;
      readonly type: string;
      readonly nets: readonly string[];
      readonly values: Readonly<Record<string, number>>;
      /** Values that could not be read, for a warning. */
      readonly unread: readonly string[];
    }
  | { readonly kind: "call"; readonly name: string; readonly subcircuit: string; readonly nets: readonly string[] }
  /** A source or another element of a testbench. */
  | { readonly kind: "source"; readonly title: string }
  | { readonly kind: "unreadable"; readonly message: string };

const testbenchElements: Readonly<Record<string, string>> = {
  v: "a voltage source",
  i: "a current source",
  e: "a controlled source",
  f: "a controlled source",
  g: "a controlled source",
  h: "a controlled source",
  b: "a behavioural source",
  s: "a switch",
  w: "a switch",
};

const examples: Readonly<Record<string, string>> = {
  m: "M1 drain gate source bulk model W=1u L=180n",
  q: "Q1 collector base emitter model",
  d: "D1 anode cathode model",
  r: "R1 net net 10k",
  c: "C1 net net 1p",
  l: "L1 net net 1n",
  x: "X1 net net … name",
};

/** @param parameters numbers from `.param` lines, names in lower case */
export function readSpiceElement(
  statement: SpiceStatement,
  models: SpiceModels,
  parameters: ReadonlyMap<string, number>,
): SpiceElement {
  const { words, assignments } = splitAssignments(statement.tokens);
  const [spiceName = "", ...rest] = words;
  const letter = spiceName.charAt(0).toLowerCase();
  const name = statement.keptName ?? spiceName;
  const source = testbenchElements[letter];
  if (source !== undefined) return { kind: "source", title: source };

  const example = examples[letter];
  if (example === undefined) {
    return {
      kind: "unreadable",
      message: `No device begins with "${spiceName.charAt(0)}". Lines begin with M, Q, D, R, C, L or X; comments with *.`,
    };
  }
  const number = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : parseValue(text, parameters);

  if (letter === "x") return readInstance(name, rest, assignments, models, number);
  if (rest.length < 2) return { kind: "unreadable", message: `${spiceName} has too few nets. Write: ${example}` };

  const found = findModel(letter, rest, models, number);
  if (typeof found === "string") return { kind: "unreadable", message: `${found} Write: ${example}` };
  const { type, netCount, after } = found;
  const { values, unread } = readValues(assignments, number);
  // What stands behind the model or in its place is the element's main value: a resistance, an area.
  const mainValue = ["d", "q"].includes(letter) ? "area" : letter;
  for (const word of after) {
    const value = number(word);
    if (value !== undefined) values[mainValue] = value;
    else if (word.toLowerCase() !== "off") unread.push(word);
  }
  return { kind: "device", name, type: type.name, nets: rest.slice(0, Math.min(netCount, type.pins.length)), values, unread };
}

/** Tells nets, model and values apart by looking for a word that is a model of this letter. */
function findModel(
  letter: string,
  words: readonly string[],
  models: SpiceModels,
  number: (text: string) => number | undefined,
): { readonly type: DeviceType; readonly netCount: number; readonly after: readonly string[] } | string {
  const candidates = models.withLetter(letter);
  const first = candidates[0];
  if (first === undefined) return `No device type of this project is written with "${letter.toUpperCase()}".`;
  const twoTerminal = first.pins.length === 2;
  for (let index = first.pins.length; index < words.length; index++) {
    const type = models.deviceType(letter, words[index] as string);
    // A bipolar transistor may have its substrate before the model.
    if (type !== undefined && (index === type.pins.length || (letter === "q" && index === type.pins.length + 1))) {
      return { type, netCount: index, after: words.slice(index + 1) };
    }
  }
  if (twoTerminal) {
    const after = words.slice(2);
    const word = after[0];
    const valued = word === undefined || number(word) !== undefined || /^['{"]/.test(word);
    // A diode is a diode whatever its model is called, as long as there is one kind only.
    if (letter === "d" && candidates.length === 1) return { type: first, netCount: 2, after: after.slice(valued ? 0 : 1) };
    if (valued) return { type: first, netCount: 2, after };
    return `"${word}" is neither a value nor a known model of ${first.title.toLowerCase()}s.`;
  }
  const model = words[first.pins.length];
  const pins = first.pins.map((pin) => pin.name).join(" ");
  if (model === undefined || words.length < first.pins.length + 1) {
    return `Found ${words.length} words behind the name, but there must be the nets of ${pins} and a model.`;
  }
  return (
    `"${model}" is no known model. Map it to a device type, as in models: { "${model}": "${first.name}" }, or use one of ` +
    `${candidates.map((type) => type.name).join(", ")}.`
  );
}

function readInstance(
  name: string,
  words: readonly string[],
  assignments: ReadonlyMap<string, string>,
  models: SpiceModels,
  number: (text: string) => number | undefined,
): SpiceElement {
  const subcircuit = words.at(-1);
  if (subcircuit === undefined) return { kind: "unreadable", message: `${name} names no subcircuit. Write: X1 net net … name` };
  const nets = words.slice(0, -1);
  const type = models.deviceType("x", subcircuit);
  if (type === undefined) return { kind: "call", name, subcircuit, nets };
  if (nets.length !== type.pins.length) {
    const pins = type.pins.map((pin) => pin.name).join(" ");
    return {
      kind: "unreadable",
      message: `${name} has ${nets.length} nets, but ${type.name} has ${type.pins.length} pins: ${pins}. Give one net for each.`,
    };
  }
  const { values, unread } = readValues(assignments, number);
  return { kind: "device", name, type: type.name, nets, values, unread };
}

function readValues(
  assignments: ReadonlyMap<string, string>,
  number: (text: string) => number | undefined,
): { values: Record<string, number>; unread: string[] } {
  const values: Record<string, number> = {};
  const unread: string[] = [];
  for (const [name, text] of assignments) {
    const value = number(text);
    if (value === undefined) unread.push(`${name}=${text}`);
    else values[name] = value;
  }
  return { values, unread };
}

function parseValue(text: string, parameters: ReadonlyMap<string, number>): number | undefined {
  const bare = text.replace(/^['"{]\s*(.*?)\s*['"}]$/, "$1");
  return parseEngineeringNumber(bare) ?? parameters.get(bare.toLowerCase());
}

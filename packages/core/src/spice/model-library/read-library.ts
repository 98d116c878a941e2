import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseEngineeringNumber } from "../../circuit/netlist/engineering-number.js";
import { spiceStatements, splitAssignments, type SpiceStatement } from "../../circuit/netlist/spice-statements.js";
import { TopogenieError } from "../../runtime/error.js";

/** A `.model` statement as it stands in a library. */
export interface LibraryCard {
  /** `file:line` where it begins. */
  readonly place: string;
  readonly name: string;
  /** The words after `.model`, name included. */
  readonly words: readonly string[];
  /** Values as text by parameter name in lower case; of two of a name the last, as in ngspice. */
  readonly assignments: ReadonlyMap<string, string>;
}

/** What a SPICE library file defines outside of subcircuits. Names in lower case. */
export interface Library {
  readonly file: string;
  readonly cards: Map<string, LibraryCard>;
  /** Places of `.subckt` definitions. */
  readonly subcircuits: Map<string, string>;
  /** Numbers of `.param` statements. */
  readonly parameters: Map<string, number>;
  /** Names of the sections (`.lib NAME` to `.endl`) of the file itself. */
  readonly sections: Set<string>;
}

const DEEPEST_INCLUSION = 20;

/**
 * Reads a SPICE library: continuation lines, comments, `.lib`/`.endl` sections, `.include` and `.lib FILE SECTION`
 * relative to the file that holds them. Without `section`, what stands outside of every section.
 * Throws `MODEL_LIBRARY_UNREADABLE` naming the file, and the line that includes it where there is one.
 */
export async function readLibrary(path: string, section?: string): Promise<Library> {
  const library: Library = {
    file: path,
    cards: new Map(),
    subcircuits: new Map(),
    parameters: new Map(),
    sections: new Set(),
  };
  await readInto(library, path, section?.toLowerCase(), []);
  return library;
}

/** @param includedFrom `file:line` of each inclusion on the way to this file, outermost first */
async function readInto(
  library: Library,
  path: string,
  section: string | undefined,
  includedFrom: readonly string[],
): Promise<void> {
  if (includedFrom.length > DEEPEST_INCLUSION) {
    throw unreadable(path, includedFrom, `files include one another more than ${DEEPEST_INCLUSION} deep`);
  }
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw unreadable(path, includedFrom, (cause as NodeJS.ErrnoException).code ?? String(cause));
  }
  const found = new Set<string>();
  let current: string | undefined;
  let subcircuitDepth = 0;
  for (const statement of spiceStatements(text)) {
    const place = `${path}:${statement.line}`;
    const [keyword = "", first, second] = statement.tokens.map((token) => unquoted(token).toLowerCase());
    if (keyword === ".lib" && first !== undefined && second === undefined) {
      current = first;
      found.add(first);
      continue;
    }
    if (keyword === ".endl") {
      current = undefined;
      continue;
    }
    if (current !== section) continue;
    if (keyword === ".ends") subcircuitDepth = Math.max(0, subcircuitDepth - 1);
    else if (keyword === ".subckt") {
      subcircuitDepth++;
      if (first !== undefined) library.subcircuits.set(first, place);
    } else if (subcircuitDepth > 0) continue;
    else if (keyword === ".model") addCard(library, statement, place);
    else if (keyword === ".param") addParameters(library, statement);
    else if ([".include", ".inc", ".lib"].includes(keyword)) {
      // The path in its own case.
      const target = unquoted(statement.tokens[1] ?? "");
      if (target === "") throw unreadable(path, [...includedFrom, place], `${keyword} names no file`);
      await readInto(library, resolve(dirname(path), target), second, [...includedFrom, place]);
    }
  }
  if (includedFrom.length === 0) for (const name of found) library.sections.add(name);
  if (section !== undefined && !found.has(section)) {
    const known = found.size === 0 ? "it has none" : `it has: ${[...found].join(", ")}`;
    throw unreadable(path, includedFrom, `it has no section "${section}" (${known})`);
  }
}

function addCard(library: Library, { tokens }: SpiceStatement, place: string): void {
  const { words, assignments } = splitAssignments(tokens.slice(1));
  const [name = ""] = words;
  library.cards.set(name.toLowerCase(), { place, name, words, assignments });
}

function addParameters(library: Library, { tokens }: SpiceStatement): void {
  for (const [name, text] of splitAssignments(tokens).assignments) {
    const value = parseEngineeringNumber(unquoted(text));
    if (value === undefined) library.parameters.delete(name);
    else library.parameters.set(name, value);
  }
}

/** Without the quotes or braces around it. */
export function unquoted(text: string): string {
  return /^(?:'(.*)'|"(.*)"|\{(.*)\})$/s.exec(text)?.slice(1).join("").trim() ?? text;
}

function unreadable(path: string, includedFrom: readonly string[], why: string): TopogenieError {
  const from = includedFrom.at(-1);
  return new TopogenieError(
    "MODEL_LIBRARY_UNREADABLE",
    `The model library ${path} cannot be read${from === undefined ? "" : ` (named at ${from})`}: ${why}.`,
  );
}

import type { DiagnosticLog } from "./diagnostic.js";
import { parseEngineeringNumber } from "./engineering-number.js";
import { splitAssignments, type SpiceStatement } from "./spice-statements.js";

/** A `.subckt` with what stands in it, or what stands outside of all of them. */
export interface SpiceScope {
  /** As on the `.subckt` line; undefined for what stands outside. */
  readonly name?: string;
  readonly header?: SpiceStatement;
  readonly ports: readonly string[];
  readonly statements: SpiceStatement[];
}

export interface SpiceScopes {
  readonly outside: SpiceScope;
  /** By name in lower case, in the order of the file. */
  readonly subcircuits: ReadonlyMap<string, SpiceScope>;
  /** Nets of `.global` lines. */
  readonly globals: readonly string[];
  /** Numbers of `.param` lines, names in lower case. */
  readonly parameters: ReadonlyMap<string, number>;
}

/** Sorts statements into subcircuits; analyses, options and prints are no part of a topology and are left out. */
export function spiceScopes(statements: readonly SpiceStatement[], log: DiagnosticLog): SpiceScopes {
  const outside: SpiceScope = { ports: [], statements: [] };
  const subcircuits = new Map<string, SpiceScope>();
  const globals: string[] = [];
  const parameters = new Map<string, number>();
  let current = outside;
  for (const statement of statements) {
    const { line, text, tokens } = statement;
    const { words, assignments } = splitAssignments(tokens);
    const keyword = (tokens[0] ?? "").toLowerCase();
    if (!keyword.startsWith(".")) {
      current.statements.push(statement);
    } else if (keyword === ".subckt") {
      const [, name, ...rest] = words;
      if (current.name !== undefined) {
        log.error(line, text, `This .subckt begins inside of "${current.name}". Write .ends above it.`);
      }
      if (name === undefined) {
        log.error(line, text, "This .subckt has no name. Write: .subckt name port port …");
      }
      const parametersBegin = rest.findIndex((word) => /^params:$/i.test(word));
      const scope: SpiceScope = {
        name: name ?? "",
        header: statement,
        ports: parametersBegin < 0 ? rest : rest.slice(0, parametersBegin),
        statements: [],
      };
      if (subcircuits.has(scope.name?.toLowerCase() ?? "")) {
        log.error(line, text, `There are two subcircuits named "${scope.name ?? ""}". Rename one of them.`);
      }
      subcircuits.set((name ?? "").toLowerCase(), scope);
      current = scope;
    } else if (keyword === ".ends") {
      if (current.name === undefined) log.error(line, text, "This .ends closes nothing. Delete it, or write the .subckt above.");
      current = outside;
    } else if (keyword === ".global") {
      globals.push(...words.slice(1));
    } else if (keyword === ".param") {
      for (const [name, value] of assignments) {
        const number = parseEngineeringNumber(value);
        if (number !== undefined) parameters.set(name, number);
      }
    } else if (keyword === ".include" || keyword === ".lib") {
      log.warning(line, text, "Other files are not read; what they define must be mapped to device types.");
    }
  }
  if (current.header !== undefined) {
    log.error(
      current.header.line,
      current.header.text,
      `Subcircuit "${current.name ?? ""}" is never closed. Write .ends ${current.name ?? ""} below its last device.`,
    );
  }
  return { outside, subcircuits, globals, parameters };
}

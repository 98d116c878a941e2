import { TopogenieError } from "../../runtime/error.js";
import type { Circuit } from "../circuit.js";

/** What is wrong with one line of a netlist. */
export interface NetlistDiagnostic {
  /** An error keeps the circuit from being read; a warning says what was mended or left out. */
  readonly severity: "error" | "warning";
  readonly file: string;
  /** From 1; 0 when the whole file is meant. */
  readonly line: number;
  /** The line as it stands in the file, cut after 200 characters. */
  readonly text: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** What a file held: the circuits without errors, and everything that was noticed. */
export interface NetlistReading {
  readonly circuits: readonly Circuit[];
  readonly diagnostics: readonly NetlistDiagnostic[];
}

/** Collects the diagnostics of one file. */
export class DiagnosticLog {
  readonly file: string;
  readonly entries: NetlistDiagnostic[] = [];

  constructor(file: string) {
    this.file = file;
  }

  error(line: number, text: string, message: string): void {
    this.entries.push({ severity: "error", file: this.file, line, text: text.slice(0, 200), message });
  }

  warning(line: number, text: string, message: string): void {
    this.entries.push({ severity: "warning", file: this.file, line, text: text.slice(0, 200), message });
  }

  get errorCount(): number {
    return this.entries.filter((entry) => entry.severity === "error").length;
  }
}

/** `file:line: message`, with the offending text below. */
export function formatDiagnostic(diagnostic: NetlistDiagnostic): string {
  const place = diagnostic.line > 0 ? `${diagnostic.file}:${diagnostic.line}` : diagnostic.file;
  return `${place}: ${diagnostic.message}${diagnostic.text === "" ? "" : `\n    ${diagnostic.text}`}`;
}

/** Throws `NETLIST_INVALID` that lists every error among the diagnostics, if there is one. */
export function refuseErrors(file: string, diagnostics: readonly NetlistDiagnostic[]): void {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (errors.length === 0) return;
  const count = errors.length === 1 ? "an error" : `${errors.length} errors`;
  throw new TopogenieError("NETLIST_INVALID", `${file} has ${count}:\n${errors.map(formatDiagnostic).join("\n")}`);
}

import pc from "picocolors";
import type { Logger } from "@topogenie/core";

/**
 * What the command says. People read stderr (progress, notes) and stdout (results); with `--json` stdout holds one JSON
 * value and nothing else.
 */
export class Output implements Logger {
  readonly isJson: boolean;
  readonly #isVerbose: boolean;

  constructor(options: { json?: boolean; verbose?: boolean }) {
    this.isJson = options.json === true;
    this.#isVerbose = options.verbose === true;
  }

  debug(message: string): void {
    if (this.#isVerbose) this.#note(pc.dim(message));
  }

  info(message: string): void {
    this.#note(message);
  }

  warn(message: string): void {
    this.#note(`${pc.yellow("warning:")} ${message}`);
  }

  /** The command's result: text for people, the value for machines. */
  result(text: string, value: unknown): void {
    process.stdout.write(`${this.isJson ? JSON.stringify(value) : text}\n`);
  }

  #note(message: string): void {
    process.stderr.write(`${message}\n`);
  }
}

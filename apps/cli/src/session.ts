import type { Output } from "./output.js";

/** What every command is given. */
export interface Session {
  /** Known once the command line is parsed. */
  output(): Output;
  readonly signal: AbortSignal;
}

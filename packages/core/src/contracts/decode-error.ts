import { TopogenieError } from "../runtime/error.js";

/** Why a sentence is no circuit, and where it shows. Code `DECODE`. */
export class DecodeError extends TopogenieError {
  /** Index of the token at which it shows, from 0; the sentence's length when something is missing at its end. */
  readonly position: number;
  /** The token there; empty at the sentence's end. */
  readonly token: string;
  readonly reason: string;

  constructor(position: number, token: string, reason: string) {
    super("DECODE", `No circuit: at token ${position}${token === "" ? " (the end)" : ` (${token})`}: ${reason}`);
    this.name = "DecodeError";
    this.position = position;
    this.token = token;
    this.reason = reason;
  }
}

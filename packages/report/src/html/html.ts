import { escapeHtml } from "./escape.js";

/** Markup that is safe to put into a page. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/** Template for markup: every value is escaped, except what is markup already; `undefined` is nothing. */
export function markup(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.reduce((text, part, index) => text + written(values[index - 1]) + part));
}

/** Takes text for markup without looking: only for what this package itself has drawn. */
export function trusted(text: string): Html {
  return new Html(text);
}

function written(value: HtmlValue): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(written).join("");
  return escapeHtml(String(value));
}

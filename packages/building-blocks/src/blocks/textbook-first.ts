import { TEXTBOOK_DEPARTURES } from "./departures.js";

export interface Recipes<T> {
  /** Those chosen one by one; some may depart further than the rest. */
  readonly textbook: () => Iterable<T>;
  /** Every combination that makes sense, the chosen ones among them or not. */
  readonly all: () => Iterable<T>;
  readonly departuresOf: (recipe: T) => number;
}

/**
 * The textbook recipes, and beyond `TEXTBOOK_DEPARTURES` every combination with at most so many departures. The textbook ones
 * come first, so that a wider draw keeps their order and numbers; those that come again are for `distinct` to leave out.
 */
export function* textbookFirst<T>({ textbook, all, departuresOf }: Recipes<T>, most: number): Generator<T> {
  for (const recipe of textbook()) if (most >= TEXTBOOK_DEPARTURES || departuresOf(recipe) <= most) yield recipe;
  if (most <= TEXTBOOK_DEPARTURES) return;
  for (const recipe of all()) if (departuresOf(recipe) <= most) yield recipe;
}

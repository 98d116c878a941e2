import { z } from "zod";

/** What was chosen, and what the plain form of the structure has there. */
export type Choice = readonly [chosen: string | number | boolean, usual: string | number | boolean];

/** Within so many departures a family draws what textbooks draw; its option `departures` begins here. */
export const TEXTBOOK_DEPARTURES = 2;

/** The option of a family that draws more seeds the more its seeds may depart. */
export const departuresOption = z
  .number()
  .int()
  .min(0)
  .default(TEXTBOOK_DEPARTURES)
  .describe("the most choices in which a seed may differ from the plain form of its structure; more draws more seeds");

/**
 * How far a seed is from the plain form of its structure: in how many choices it differs from the usual ones.
 *
 * @param wider choices that only a wider draw makes: the first that differs is beyond every textbook one, and each counts
 */
export function departures(choices: readonly Choice[], wider: readonly Choice[] = []): number {
  const beyond = countDifferent(wider);
  return countDifferent(choices) + (beyond === 0 ? 0 : TEXTBOOK_DEPARTURES + beyond);
}

function countDifferent(choices: readonly Choice[]): number {
  return choices.filter(([chosen, usual]) => chosen !== usual).length;
}

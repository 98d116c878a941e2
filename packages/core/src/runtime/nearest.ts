import { closest, distance } from "fastest-levenshtein";

/** The name that was probably meant, or undefined when none is close. */
export function nearestName(wanted: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const candidate = closest(wanted, names);
  return distance(wanted, candidate) <= Math.max(2, Math.ceil(wanted.length / 2)) ? candidate : undefined;
}

/** ` Did you mean "x"?`, or nothing when no name is close. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  const candidate = nearestName(wanted, names);
  return candidate === undefined ? "" : ` Did you mean "${candidate}"?`;
}

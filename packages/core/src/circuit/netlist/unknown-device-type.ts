import { closest, distance } from "fastest-levenshtein";

/** Says which type was probably meant. */
export function unknownDeviceType(name: string, known: readonly string[]): string {
  const nearest = known.length === 0 ? undefined : closest(name, known);
  const hint = nearest !== undefined && distance(name, nearest) <= 3 ? ` Did you mean "${nearest}"?` : "";
  return `There is no device type "${name}".${hint} Known types: ${known.join(", ")}. Others come from a plugin named in the config.`;
}

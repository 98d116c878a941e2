import { GROUND_PORT, SUPPLY } from "@topogenie/core";

/** VSS, VDD, then the others by name, numbers by value. */
export function comparePorts(a: string, b: string): number {
  return rank(a) - rank(b) || a.localeCompare(b, "en", { numeric: true }) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(port: string): number {
  if (port === GROUND_PORT) return 0;
  return port === SUPPLY ? 1 : 2;
}

import { GROUND_PORT, SUPPLY } from "@topogenie/core";

export type Rail = "supply" | "ground";

const groundNames: ReadonlySet<string> = new Set([GROUND_PORT, "0", "GND"]);

/** Nets that are drawn as local power symbols, never as wires. */
export function railOf(net: string): Rail | undefined {
  if (net === SUPPLY) return "supply";
  return groundNames.has(net.toUpperCase()) ? "ground" : undefined;
}

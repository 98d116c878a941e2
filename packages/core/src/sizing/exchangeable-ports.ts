import { portKind } from "../circuit/ports.js";

/** Inputs may be exchanged for one another, and so may outputs; every other port is itself alone. */
export function exchangeableKind(port: string): string {
  const kind = portKind(port);
  return kind === "VIN" || kind === "VOUT" ? kind : port;
}

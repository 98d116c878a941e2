import { portKind } from "../circuit/ports.js";

/** Kinds of signal ports; two of a kind are the halves of a differential signal. */
const signals: ReadonlySet<string> = new Set(["VIN", "VOUT", "IIN", "IOUT", "VRF", "VLO", "VIF"]);

/** A signal's ports may be exchanged for one another; every other port is itself alone. */
export function exchangeableKind(port: string): string {
  const kind = portKind(port);
  return signals.has(kind) ? kind : port;
}

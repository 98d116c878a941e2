import { PLACES, type OpenCircuit } from "./open-circuit.js";

/** For every device of a circuit the number of the part, from 0, to which it belongs once the rails are removed. */
export function partsOf(circuit: OpenCircuit): Int32Array {
  const partOf = new Int32Array(circuit.devices.length).fill(-1);
  let parts = 0;
  const open: number[] = [];
  for (let first = 0; first < partOf.length; first++) {
    if (partOf[first] !== -1) continue;
    partOf[first] = parts;
    open.push(first);
    for (let device = open.pop(); device !== undefined; device = open.pop()) {
      for (const net of circuit.netsOf(device)) {
        if (net < 0 || circuit.isRail(net)) continue;
        for (const place of circuit.placesOn(net)) {
          const next = (place / PLACES) | 0;
          if (partOf[next] !== -1) continue;
          partOf[next] = parts;
          open.push(next);
        }
      }
    }
    parts++;
  }
  return partOf;
}

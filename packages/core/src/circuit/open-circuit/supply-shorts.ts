import type { PinRoles } from "./pin-roles.js";

/** The nets of the rails, -1 for one that is not there. */
export interface Rails {
  readonly ground: number;
  readonly supply: number;
}

/** Whether this pin on this net, a rail, would let direct current pass from one rail to the other with nothing in its way. */
export function shortsSupply(
  { conduction, isDiode }: PinRoles,
  nets: readonly number[],
  pin: number,
  net: number,
  { supply, ground }: Rails,
): boolean {
  return conduction.some(([from, to]) => {
    if (from !== pin && to !== pin) return false;
    const one = from === pin ? net : (nets[from] as number);
    const other = to === pin ? net : (nets[to] as number);
    if (one < 0 || other < 0) return false;
    return (one === supply && other === ground) || (one === ground && other === supply && !isDiode);
  });
}

/** Whether coils would lead from one rail to the other once these two nets were joined by a coil or by a wire. */
export function coilsJoinRails(
  coils: readonly (readonly number[])[],
  one: number,
  other: number,
  { supply, ground }: Rails,
): boolean {
  if (supply < 0 || ground < 0) return false;
  const reached = new Set([one, other]);
  for (const net of reached) {
    for (const [first = -1, second = -1] of coils) {
      if (first === net && second >= 0) reached.add(second);
      if (second === net && first >= 0) reached.add(first);
    }
  }
  return reached.has(supply) && reached.has(ground);
}

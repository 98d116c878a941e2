/** Lifts the pen: the walk goes on from another place, and nothing is joined. */
export const LIFT = "|";

/**
 * Between two pins of one device, or a pin and itself: they share a net. Needed only where no other device and no port is on
 * it, which the electrical rules forbid.
 */
export const JOIN = "=";

import type { Simulator } from "../contracts/simulator.js";

/** Candidates that the most frugal of searches asks for at once. */
const FEWEST_ASKED = 4;

/**
 * Circuits to size at once: as many as keep every engine busy while each search waits for the last of a batch, and one more whose
 * search may think meanwhile. With more, engines change circuits more often: as many as there are engines took twelve of them a fifth
 * longer. What comes of a circuit does not depend on it.
 */
export function sizingsAtOnce(simulator: Simulator): number {
  return 1 + Math.ceil(simulator.capabilities().workers / FEWEST_ASKED);
}

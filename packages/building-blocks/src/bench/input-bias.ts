import { GROUND, type DeckElement } from "@topogenie/core";
import type { ActiveDevice } from "./active-device.js";
import type { BiasGuess } from "./bias-guess.js";

/**
 * Volts at which a signal source must stand for the direct current of what it drives, or undefined when the circuit finds its own
 * operating point there, so that the source must be coupled by a capacitor. Followed are the nets that resistors and coils
 * join to `node`: where devices or rails both give current to them and take it, or where a net of `held` sets their voltage,
 * the circuit biases itself.
 */
export function inputBias(
  node: string,
  supply: string,
  elements: readonly DeckElement[],
  devices: readonly ActiveDevice[],
  guess: BiasGuess,
  held: ReadonlySet<string> = new Set(),
): number | undefined {
  const reached = conductivelyJoined(node, elements, new Set([supply, ...held]));
  if ([...held].some((net) => reached.has(net))) return undefined;
  let gives = reached.has(supply);
  let takes = reached.has(GROUND);
  let control: number | undefined;
  for (const { polarity, control: gate, output, common } of devices) {
    const [source, sink] = polarity === "n" ? [common, output] : [output, common];
    if (source !== supply && source !== GROUND && reached.has(source)) gives = true;
    if (sink !== supply && sink !== GROUND && reached.has(sink)) takes = true;
    if (reached.has(gate)) control ??= guess.control(gate);
  }
  if (gives && takes) return undefined;
  // Current from the supply and no way on but gates: they stand at the supply, as in direct-coupled figures.
  if (gives && reached.has(supply)) return undefined;
  if (control !== undefined) return control;
  if (!gives && !takes) return undefined;
  return gives ? SOURCE_VOLTS : undefined;
}

/** Where the source of a common-gate transistor stands. */
const SOURCE_VOLTS = 0.1;

/** Nodes that resistors and inductors join to `start`; the walk does not pass through ground or `ends`, which are reached. */
function conductivelyJoined(start: string, elements: readonly DeckElement[], ends: ReadonlySet<string>): ReadonlySet<string> {
  const reached = new Set([start]);
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === GROUND || ends.has(node)) continue;
    for (const { kind, nodes } of elements) {
      if ((kind !== "resistor" && kind !== "inductor") || !nodes.includes(node)) continue;
      for (const next of nodes) {
        if (reached.has(next)) continue;
        reached.add(next);
        open.push(next);
      }
    }
  }
  return reached;
}

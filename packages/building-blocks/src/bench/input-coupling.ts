import { GROUND, type DeckElement } from "@topogenie/core";
import type { ActiveDevice } from "./active-device.js";
import type { BiasGuess } from "./bias-guess.js";

/**
 * How a signal source must be joined to a port. `biased`: through a direct voltage of so many volts, which what it drives needs.
 * `coupled`: by a capacitor, because the circuit finds its own operating point there. `joined`: directly, because only
 * capacitors touch the port.
 */
export type InputCoupling =
  { readonly kind: "biased"; readonly volts: number } | { readonly kind: "coupled" } | { readonly kind: "joined" };

/**
 * Followed are the nets that resistors and coils join to `node`: where devices or rails both give current to them and take it,
 * or where a net of `held` or the supply sets their voltage, the circuit biases itself.
 */
export function inputCoupling(
  node: string,
  supply: string,
  elements: readonly DeckElement[],
  devices: readonly ActiveDevice[],
  guess: BiasGuess,
  held: ReadonlySet<string> = new Set(),
): InputCoupling {
  const reached = conductivelyJoined(node, elements, new Set([supply, ...held]));
  if (reached.has(supply) || [...held].some((net) => reached.has(net))) return { kind: "coupled" };
  let gives = false;
  let takes = reached.has(GROUND);
  let control: number | undefined;
  for (const { polarity, control: gate, output, common } of devices) {
    const [source, sink] = polarity === "n" ? [common, output] : [output, common];
    if (source !== GROUND && reached.has(source)) gives = true;
    if (sink !== GROUND && reached.has(sink)) takes = true;
    if (reached.has(gate)) control ??= guess.control(gate);
  }
  if (gives && takes) return { kind: "coupled" };
  if (control !== undefined) return { kind: "biased", volts: control };
  return gives ? { kind: "biased", volts: SOURCE_VOLTS } : { kind: "joined" };
}

/** Whether a bias current at `node` must run into the circuit: its devices, also those behind resistors and coils, take current there. */
export function takesCurrent(
  node: string,
  supply: string,
  elements: readonly DeckElement[],
  devices: readonly ActiveDevice[],
): boolean {
  const reached = conductivelyJoined(node, elements, new Set([supply]));
  let votes = 0;
  for (const { polarity, control, output, common } of devices) {
    const into = polarity === "n" ? 1 : -1;
    // A diode decides alone: the current that it mirrors enters here.
    if (reached.has(output) && output === control) votes += 10 * into;
    else if (reached.has(output)) votes += into;
    if (reached.has(common)) votes -= into;
  }
  return votes >= 0;
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

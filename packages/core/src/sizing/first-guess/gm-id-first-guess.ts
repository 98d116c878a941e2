import type { Circuit } from "../../circuit/circuit.js";
import { SUPPLY } from "../../circuit/ports.js";
import type { Testbench } from "../../contracts/circuit-family.js";
import { GROUND, type ModelCard } from "../../contracts/deck.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { Simulator } from "../../contracts/simulator.js";
import { circuitElements } from "../../spice/device-under-test.js";
import type { DesignVariable } from "../design-variables.js";
import type { Sizing } from "../sizing-problem.js";
import { benchTransistors, type GuessedTransistor, type LeftAlone } from "./bench-transistors.js";
import { BiasedBench, type SolvedBench } from "./biased-bench.js";
import { sizesAtCurrent } from "./sizes-at-current.js";

export interface FirstGuessRequest {
  readonly circuit: Circuit;
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly models?: ReadonlyMap<string, ModelCard>;
  readonly benches: readonly Testbench[];
  readonly variables: readonly DesignVariable[];
  readonly simulator: Simulator;
  /**
   * Typical branch currents, one guess for each. Default 20, 100 and 5 microamperes; where the median current of the default
   * sizing's transistors is far above these, twice that, that and 100 microamperes: radio-frequency circuits need milliamperes
   * for their loop gain, and die without.
   */
  readonly currents?: readonly number[];
  readonly signal?: AbortSignal;
}

export interface FirstGuess {
  /** Amperes of a typical branch. */
  readonly current: number;
  readonly sizing: Sizing;
  /** Transistors in saturation or weak inversion with enough across them, when last simulated; absent when that failed. */
  readonly saturated?: number;
}

export interface FirstGuesses {
  readonly guesses: readonly FirstGuess[];
  /** MOS transistors that the guesses size. */
  readonly transistors: number;
  /** MOS devices that keep their defaults, and why. */
  readonly left: readonly LeftAlone[];
  /** Operating points that were simulated; the tables, one sweep for a model card and simulator, are not counted. */
  readonly simulations: number;
  /** Why there is no guess. */
  readonly reason?: string;
}

export const firstGuessCurrents = [20e-6, 100e-6, 5e-6] as const;

/** Operating points by which a guess is corrected. */
const CORRECTIONS = 3;

/**
 * Sizings whose MOS transistors are biased already. Each gets an inversion level gm/ID by what it does, a current by
 * Kirchhoff's law, and from its own model's table the width for both; bias voltages follow from the stacks of transistors.
 * Then the simulator's operating point corrects bias voltages and widths. What is no MOS transistor, bias or resistor on
 * a rail keeps its default, and so do the transistors that are {@link FirstGuesses.left}.
 */
export async function gmIdFirstGuesses(request: FirstGuessRequest): Promise<FirstGuesses> {
  const { circuit, deviceTypes, models, benches, variables, simulator, signal } = request;
  const dut = circuitElements(circuit, deviceTypes, {}, models);
  const nothing = (reason: string): FirstGuesses => ({ guesses: [], transistors: 0, left: [], simulations: 0, reason });
  const bench = benches.find(({ deck }) => supplyVoltsOf(deck.elements, dut.node(SUPPLY)) !== undefined);
  const supplyVolts = bench === undefined ? undefined : supplyVoltsOf(bench.deck.elements, dut.node(SUPPLY));
  if (bench === undefined || supplyVolts === undefined) return nothing("no bench holds the supply at a direct voltage");
  const lengths = new Map(
    variables.flatMap(({ sets, default: length }) =>
      sets.kind === "size" && sets.parameter === "l" ? sets.devices.map((device) => [device, length] as const) : [],
    ),
  );
  const conditions = { drainVolts: supplyVolts / 2, temperatureCelsius: bench.deck.temperatureCelsius ?? 27 };
  const { transistors, left } = await benchTransistors(dut, deviceTypes, simulator, conditions, bench, lengths);
  if (transistors.length === 0) return { ...nothing("it has no MOS transistor with a gm/ID table"), left };
  const biased = await BiasedBench.open(
    simulator,
    bench,
    transistors,
    (sizing) => circuitElements(circuit, deviceTypes, sizing.values, models).elements,
    signal,
  );
  try {
    const first = await biased.solve(defaultSizing(variables));
    const about = { circuit, dut, bench, variables, transistors, supplyVolts, nodes: first?.nodes ?? {} };
    const guesses: FirstGuess[] = [];
    for (const current of request.currents ?? currentsFor(first, transistors)) {
      const plan = sizesAtCurrent(about, current);
      let { sizing } = plan;
      let best: { sizing: Sizing; saturated: number } | undefined;
      for (let correction = 0; correction < CORRECTIONS; correction++) {
        const solved: SolvedBench | undefined = await biased.solve(sizing);
        if (solved === undefined) break;
        if (best === undefined || solved.saturated > best.saturated) best = { sizing, saturated: solved.saturated };
        sizing = plan.corrected(sizing, solved);
      }
      guesses.push({ current, ...(best ?? { sizing: plan.sizing }) });
    }
    return { guesses, transistors: transistors.length, left, simulations: biased.simulations };
  } finally {
    await biased.close();
  }
}

/** Of the variables' own defaults, which may be the family's instead of the device types'. */
function defaultSizing(variables: readonly DesignVariable[]): Sizing {
  const values: Record<string, Record<string, number>> = {};
  const bias: Record<string, number> = {};
  for (const { name, sets, default: usual } of variables) {
    if (sets.kind === "bias") bias[name] = usual;
    else for (const device of sets.devices) (values[device] ??= {})[sets.parameter] = usual;
  }
  return { values, bias };
}

/** Above the greatest of the usual currents by this, the default sizing knows better. */
const FAR_ABOVE = 1.5;

function currentsFor(solved: SolvedBench | undefined, transistors: readonly GuessedTransistor[]): readonly number[] {
  const magnitudes = transistors
    .map(({ element }) => Math.abs(solved?.devices[element]?.id ?? 0))
    .filter((current) => current > 0)
    .sort((a, b) => a - b);
  const median = magnitudes[Math.floor(magnitudes.length / 2)] ?? 0;
  const usual = Math.max(...firstGuessCurrents);
  return median > FAR_ABOVE * usual ? [2 * median, median, usual] : firstGuessCurrents;
}

function supplyVoltsOf(elements: Testbench["deck"]["elements"], supply: string): number | undefined {
  let node = supply;
  let volts = 0;
  const passed = new Set<string>();
  // Sources may stand on each other, such as an ammeter on the supply.
  while (!passed.has(node)) {
    passed.add(node);
    const source = elements.find(({ kind, nodes }) => kind === "voltage" && nodes[0] === node);
    if (source === undefined) return undefined;
    volts += source.values.dc ?? 0;
    node = source.nodes[1] ?? GROUND;
    if (node === GROUND) return volts > 0 ? volts : undefined;
  }
  return undefined;
}

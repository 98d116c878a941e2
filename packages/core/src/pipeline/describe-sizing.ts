import type { Circuit } from "../circuit/circuit.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { DeviceType } from "../contracts/device-type.js";
import { TopogenieError } from "../runtime/error.js";
import type { DesignVariable } from "../sizing/design-variables.js";
import type { FrontSizing, SizingResult } from "../sizing/size-circuit.js";
import { circuitElements, writeStandaloneNetlist, type ModelCards } from "../spice/index.js";
import type { SizedCircuit, SizedPoint } from "./report-data.js";

/** Better first; a circuit without a figure is last. */
export function compareFigures(a: { figureOfMerit?: number }, b: { figureOfMerit?: number }, family: CircuitFamily): number {
  const worst = family.figureOfMerit.better === "higher" ? -Infinity : Infinity;
  const left = a.figureOfMerit ?? worst;
  const right = b.figureOfMerit ?? worst;
  if (left === right) return 0;
  return (family.figureOfMerit.better === "higher" ? left > right : left < right) ? -1 : 1;
}

/** With what a circuit was sized. */
export interface SizedWith {
  readonly family: CircuitFamily;
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly models: ModelCards;
}

/** A sizing as a report shows it. */
export function describeSizing(
  { circuit, origin, novel }: Pick<SizedCircuit, "circuit" | "origin" | "novel">,
  result: SizingResult,
  parts: SizedWith,
): SizedCircuit {
  return {
    name: circuit.name,
    circuit,
    origin,
    novel,
    ...sizedPoint(result, result.variables),
    functional: result.functional,
    onSpec: result.onSpec,
    netlist: firstBench(circuit, result, parts),
    plots: result.plots,
    progress: result.progress.flatMap(({ simulations, figureOfMerit }) =>
      figureOfMerit === undefined ? [] : [{ simulations, figureOfMerit }],
    ),
    ...(result.front === undefined ? {} : { front: result.front.map((point) => sizedPoint(point, result.variables)) }),
    simulations: result.simulations,
    failedSimulations: result.failedSimulations,
  };
}

function sizedPoint({ sizing, measured, figureOfMerit }: FrontSizing, variables: readonly DesignVariable[]): SizedPoint {
  return {
    sizes: variables.flatMap((variable) => {
      const { sets } = variable;
      if (sets.kind !== "size") return [];
      return sets.devices.map((device) => ({
        device,
        parameter: sets.parameter,
        unit: variable.unit,
        value: sizing.values[device]?.[sets.parameter] ?? variable.default,
      }));
    }),
    bias: variables.flatMap(({ sets, name, unit, default: standard }) =>
      sets.kind === "bias" ? [{ name, unit, value: sizing.bias[name] ?? standard }] : [],
    ),
    measured,
    ...(figureOfMerit === undefined ? {} : { figureOfMerit }),
  };
}

/** The first bench with the best sizing written in, ready for plain ngspice. */
function firstBench(circuit: Circuit, result: SizingResult, { family, deviceTypes, models }: SizedWith): string {
  const bench = family.testbenches(circuitElements(circuit, deviceTypes, {}, models))[0];
  const deck = bench === undefined ? undefined : result.decks[bench.name];
  if (bench === undefined || deck === undefined) {
    throw new TopogenieError("FAMILY_WITHOUT_BENCH", `Family "${family.name}" has no testbench for circuit "${circuit.name}".`);
  }
  return writeStandaloneNetlist(deck, bench.analyses, {
    save: bench.save,
    comments: ["Run it with ngspice -b FILE", family.conditions],
  });
}

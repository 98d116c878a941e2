import { benchResult, type SimulationOk } from "@topogenie/core";
import { BENCHES } from "./bench.js";
import type { MirrorOptions } from "./options.js";

/** The output's current over its voltage from its own rail. */
interface Sweep {
  readonly x: Float64Array;
  readonly amperes: Float64Array;
}

/** Values by measurement name; nothing when a sweep is missing. */
export function measureMirror(
  results: Readonly<Record<string, SimulationOk>>,
  { supplyVolts, referenceAmperes }: MirrorOptions,
): Readonly<Record<string, number>> {
  const [once, twice] = BENCHES.map((name) => sweepOf(benchResult(results, name)));
  if (once === undefined || twice === undefined) return {};
  const half = supplyVolts / 2;
  const current = at(once, half);
  const slope = (at(once, half + supplyVolts / 10) - at(once, half - supplyVolts / 10)) / (supplyVolts / 5);
  const enough = once.amperes.findIndex((amperes) => amperes >= 0.9 * current);
  return {
    copies: (at(twice, half) - current) / referenceAmperes,
    // A slope of zero or below would be a resistance without end; it is bounded by what the solver resolves.
    outputVoltage: current / Math.max(slope, 1e-12),
    ...(enough > 0 ? { headroom: once.x[enough] ?? Number.NaN } : {}),
  };
}

function sweepOf(result: SimulationOk): Sweep | undefined {
  const dc = result.analyses.find((analysis) => analysis.kind === "dc");
  const amperes = dc?.vectors["i(output)"];
  // SPICE counts current through a source from plus to minus: a mirror that works drives it the other way.
  return dc === undefined || amperes === undefined ? undefined : { x: dc.x, amperes: amperes.map((value) => -value) };
}

function at({ x, amperes }: Sweep, volts: number): number {
  return amperes[x.findIndex((value) => value >= volts - 1e-9)] ?? Number.NaN;
}

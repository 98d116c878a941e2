import { BENCHES } from "./bench.js";

/** Values by measurement name; nothing when a sweep is missing. */
export function measureMirror(results, { supplyVolts, referenceAmperes }) {
  const [once, twice] = BENCHES.map((name) => sweepOf(results[name]));
  if (once === undefined || twice === undefined) return {};
  const half = supplyVolts / 2;
  const current = at(once, half);
  const measured = { copies: (at(twice, half) - current) / referenceAmperes };
  const slope = (at(once, half + supplyVolts / 10) - at(once, half - supplyVolts / 10)) / (supplyVolts / 5);
  // A slope of zero or below would be a resistance without end; it is bounded by what the solver resolves.
  measured.outputVoltage = current / Math.max(slope, 1e-12);
  const enough = once.x.findIndex((_, index) => once.amperes[index] >= 0.9 * current);
  if (enough > 0) measured.headroom = once.x[enough];
  return measured;
}

function sweepOf(result) {
  const dc = result?.analyses.find((analysis) => analysis.kind === "dc");
  const amperes = dc?.vectors["i(output)"];
  // SPICE counts current through a source from plus to minus: a mirror that works drives it the other way.
  return amperes === undefined ? undefined : { x: dc.x, amperes: amperes.map((value) => -value) };
}

function at({ x, amperes }, volts) {
  const index = x.findIndex((value) => value >= volts - 1e-9);
  return amperes[index];
}

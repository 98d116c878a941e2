import type { AnalysisResult, SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE, REFERENCE_NODE, REFERENCE_SOURCE, SUPPLY_SOURCE } from "../bench/ldo-deck.js";
import type { LdoOptions } from "../options.js";

type DcSweep = Extract<AnalysisResult, { kind: "dc" }>;
type AcSweep = Extract<AnalysisResult, { kind: "ac" }>;

/** An output below this is no output at all, and no figure is taken relative to less. Volts. */
const LEAST_VOLTS = 1e-3;
/** Share of its nominal value by which the output has fallen when the supply is said to be too low. */
const DROPOUT_SHARE = 0.02;
const RIPPLE_HZ = 1e3;

/** What the regulation bench tells. Percentages are of the output at full load and nominal supply. */
export function measureRegulation(result: SimulationOk, options: LdoOptions): Record<string, number> {
  const [point, load, supply, reference, ripple] = result.analyses;
  if (point?.kind !== "op" || load?.kind !== "dc" || supply?.kind !== "dc" || reference?.kind !== "dc" || ripple?.kind !== "ac")
    return {};
  const output = point.op.nodes[OUTPUT_NODE] ?? Number.NaN;
  const scale = Math.max(LEAST_VOLTS, output);
  const inRange = supply.x.findLastIndex((volts) => volts >= 0.9 * options.supplyVolts - 1e-9);
  return {
    outputVoltage: output,
    loadRegulation: (100 * span(volts(load, OUTPUT_NODE))) / scale,
    lineRegulation: (100 * span(volts(supply, OUTPUT_NODE).subarray(0, inRange + 1))) / scale,
    dropout: dropout(supply, output),
    referenceError: referenceError(reference),
    portCurrent: portCurrent(load),
    quiescentCurrent: quiescentCurrent(load),
    supplyRejection: rejection(ripple),
    outputCapacitance: options.loadFarads + ownCapacitance(ripple),
  };
}

function volts(sweep: DcSweep, node: string): Float64Array {
  return sweep.vectors[node] ?? new Float64Array();
}

function span(values: Float64Array): number {
  return Math.max(...values) - Math.min(...values);
}

/** Supply less output where the output, as the supply sinks, has lost 2 %; NaN when it never loses them or never had them. */
function dropout(sweep: DcSweep, nominal: number): number {
  const output = volts(sweep, OUTPUT_NODE);
  const limit = (1 - DROPOUT_SHARE) * nominal;
  const index = output.findIndex((value) => value < limit);
  const [before, after] = [output[index - 1], output[index]];
  const [from, to] = [sweep.x[index - 1], sweep.x[index]];
  if (before === undefined || after === undefined || from === undefined || to === undefined) return Number.NaN;
  return from + ((to - from) * (before - limit)) / (before - after) - limit;
}

/** How far the output is from the reference times the output's own gain from it; per cent of the output. */
function referenceError(sweep: DcSweep): number {
  const output = volts(sweep, OUTPUT_NODE);
  const reference = volts(sweep, REFERENCE_NODE);
  const [low = 0, middle = 0, high = 0] = output;
  const gain = (high - low) / ((reference[2] ?? 0) - (reference[0] ?? 0));
  return (100 * Math.abs(middle - gain * (reference[1] ?? Number.NaN))) / Math.max(LEAST_VOLTS, Math.abs(middle));
}

function currents(sweep: DcSweep): readonly (readonly [source: string, amperes: Float64Array])[] {
  return Object.entries(sweep.vectors).flatMap(([name, values]) => {
    const source = /^i\((.*)\)$/.exec(name)?.[1];
    return source === undefined ? [] : [[source, values] as const];
  });
}

/** Greatest current, either way, through a source at a reference or bias port. */
function portCurrent(sweep: DcSweep): number {
  return currents(sweep)
    .filter(([source]) => source === REFERENCE_SOURCE || source.startsWith("bias_"))
    .reduce((greatest, [, values]) => Math.max(greatest, ...values.map(Math.abs)), 0);
}

/** What every source gives and the load does not get, at the load at which that is most. */
function quiescentCurrent(sweep: DcSweep): number {
  const given = currents(sweep).filter(
    ([source]) => source === SUPPLY_SOURCE || source === REFERENCE_SOURCE || source.startsWith("bias_"),
  );
  return Math.max(
    ...sweep.x.map((load, index) => given.reduce((sum, [, values]) => sum + Math.max(0, -(values[index] ?? 0)), -load)),
  );
}

function magnitude(sweep: AcSweep, vector: string, index: number): number {
  const values = sweep.vectors[vector];
  return values === undefined ? Number.NaN : Math.hypot(values.re[index] ?? Number.NaN, values.im[index] ?? Number.NaN);
}

function rejection(sweep: AcSweep): number {
  const index = sweep.x.findIndex((hertz) => hertz >= RIPPLE_HZ * (1 - 1e-6));
  return -20 * Math.log10(magnitude(sweep, OUTPUT_NODE, index));
}

/** Current over voltage and angular frequency of each capacitor at the output. */
function ownCapacitance(sweep: AcSweep): number {
  const index = sweep.x.findIndex((hertz) => hertz >= RIPPLE_HZ * (1 - 1e-6));
  const omega = 2 * Math.PI * (sweep.x[index] ?? Number.NaN);
  return Object.keys(sweep.vectors).reduce((sum, name) => {
    const number = /^i\(tb_capacitor(\d+)\)$/.exec(name)?.[1];
    if (number === undefined) return sum;
    return sum + magnitude(sweep, name, index) / (omega * magnitude(sweep, `tb_volts${number}`, index));
  }, 0);
}

import type { AnalysisResult, SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE, SUPPLY_SOURCE } from "../bench/bandgap-deck.js";
import { START_UP } from "../bench/start-up-bench.js";
import type { BandgapOptions } from "../options.js";

type DcSweep = Extract<AnalysisResult, { kind: "dc" }>;

/** Keeps ratios finite. Far below any output: a dead circuit, whose leakage varies by decades, must not look steady. Volts. */
const LEAST_VOLTS = 1e-9;
const RIPPLE_HZ = 1e3;
/** What `biasSensitivity` is stated for. */
const STATED_VOLTS = 0.01;
const STATED_SHARE = 0.03;

/** What the operating points tell: `outputs` in volts, `celsius` the temperatures of the same places. */
export function measureTemperature(
  outputs: readonly number[],
  celsius: readonly number[],
  nominal: number,
): Record<string, number> {
  const span = Math.max(...outputs) - Math.min(...outputs);
  const range = Math.max(...celsius) - Math.min(...celsius);
  return { outputVoltage: nominal, temperatureCoefficient: (1e6 * span) / (range * Math.max(LEAST_VOLTS, Math.abs(nominal))) };
}

/** What the nominal bench tells beside its operating point. */
export function measureInfluences(result: SimulationOk, options: BandgapOptions): Record<string, number> {
  const [point, supply, ...others] = result.analyses;
  const ripple = others.at(-1);
  if (point?.kind !== "op" || supply?.kind !== "dc" || ripple?.kind !== "ac") return {};
  const nominal = Math.max(LEAST_VOLTS, Math.abs(point.op.nodes[OUTPUT_NODE] ?? Number.NaN));
  const line = supply.vectors[OUTPUT_NODE] ?? new Float64Array();
  const index = ripple.x.findIndex((hertz) => hertz >= RIPPLE_HZ * (1 - 1e-6));
  const output = ripple.vectors[OUTPUT_NODE];
  const steps = others.filter((analysis) => analysis.kind === "dc");
  return {
    lineSensitivity: (100 * (Math.max(...line) - Math.min(...line))) / (0.2 * options.supplyVolts * nominal),
    supplyRejection: -20 * Math.log10(Math.hypot(output?.re[index] ?? Number.NaN, output?.im[index] ?? Number.NaN)),
    power: options.supplyVolts * sourcedAmperes(point.op.branches),
    biasSensitivity: steps.reduce((worst, step) => Math.max(worst, biasSensitivity(step, nominal)), 0),
  };
}

/** What the supply gives, and what bias voltages give as if they were made from the supply. */
function sourcedAmperes(branches: Readonly<Record<string, number>>): number {
  return Object.entries(branches)
    .filter(([source]) => source === SUPPLY_SOURCE || source.startsWith("bias_"))
    .reduce((sum, [, amperes]) => sum + Math.max(0, -amperes), 0);
}

/** Per cent of the output for 10 mV of a bias voltage or 3 % of a bias current. */
function biasSensitivity(sweep: DcSweep, nominal: number): number {
  const output = sweep.vectors[OUTPUT_NODE] ?? new Float64Array();
  const [low = Number.NaN, , high = Number.NaN] = output;
  const slope = Math.abs(high - low) / ((sweep.x[2] ?? Number.NaN) - (sweep.x[0] ?? Number.NaN));
  const current = meteredCurrent(sweep);
  return (100 * slope * (current === undefined ? STATED_VOLTS : STATED_SHARE * current)) / nominal;
}

/** The current of the one source that moves in this sweep: its meter's reading, which alone is not constant. */
function meteredCurrent(sweep: DcSweep): number | undefined {
  for (const [name, values] of Object.entries(sweep.vectors)) {
    if (!name.startsWith("i(meter")) continue;
    const [low = 0, middle = 0, high = 0] = values;
    if (Math.abs(high - low - ((sweep.x[2] ?? 0) - (sweep.x[0] ?? 0))) < 1e-3 * Math.abs(high - low)) return Math.abs(middle);
  }
  return undefined;
}

/** How far the output, long after the supply has risen, is from its operating point or still moves; per cent. */
export function measureStartUp(result: SimulationOk, nominal: number): Record<string, number> {
  const transient = result.analyses.find((analysis) => analysis.kind === "tran");
  const output = transient?.vectors[OUTPUT_NODE];
  if (transient === undefined || output === undefined) return {};
  const late = output.filter((_, index) => (transient.x[index] ?? 0) >= 0.8 * START_UP.stopS);
  const farthest = late.reduce((most, volts) => Math.max(most, Math.abs(volts - nominal)), 0);
  return { startUpError: (100 * farthest) / Math.max(LEAST_VOLTS, Math.abs(nominal)) };
}

import type { Deck, DeckElement, ModelCard } from "../../contracts/deck.js";
import { GROUND } from "../../contracts/deck.js";
import type { Simulator } from "../../contracts/simulator.js";

export interface GmIdTableSettings {
  /** Channel lengths of the curves, metres. */
  readonly lengths: readonly number[];
  /** Width of the simulated transistors, metres; currents are taken to be proportional to width. */
  readonly width: number;
  /** Drain-source voltage of every curve, volts. */
  readonly drainVolts: number;
  readonly temperatureCelsius: number;
}

/** One length and one source-bulk voltage, from weak inversion on: gm/ID falls from point to point. */
interface Curve {
  readonly length: number;
  readonly sourceBulkVolts: number;
  readonly points: readonly CurvePoint[];
}

interface CurvePoint {
  /** 1/V. */
  readonly gmId: number;
  /** Natural logarithm of the drain current a metre of width, A/m. */
  readonly lnDensity: number;
  /** Magnitude, volts. */
  readonly gateVolts: number;
}

const SOURCE_BULK_VOLTS = [0, 0.5] as const;
const STEP_VOLTS = 0.01;
const SWEEP_VOLTS = { start: 0.1, stop: 1.6 } as const;
/** Below this a drain current is leakage and rounding, amperes. */
const LEAST_CURRENT = 1e-12;
const TIMEOUT_MS = 20_000;

/**
 * Current density and gate voltage over gm/ID, the transistor's inversion level, for a few lengths and body voltages
 * (Silveira, Flandre, Jespers, JSSC 31(9), 1996; Jespers, Murmann, Systematic Design of Analog CMOS Circuits, 2017).
 * Voltages and currents are magnitudes, so that n- and p-channel transistors read alike. Between curves, values are
 * interpolated in the logarithm of the length and linearly in the body voltage; beyond them, the nearest curve holds.
 */
export class GmIdTable {
  readonly #curves: readonly Curve[];

  constructor(curves: readonly Curve[]) {
    this.#curves = curves;
  }

  /** Drain current a metre of width, A/m. */
  density(gmId: number, length: number, sourceBulkVolts = 0): number {
    return Math.exp(this.#look(gmId, length, sourceBulkVolts, ({ lnDensity }) => lnDensity));
  }

  /** Magnitude of the gate-source voltage, volts. */
  gateVolts(gmId: number, length: number, sourceBulkVolts = 0): number {
    return this.#look(gmId, length, sourceBulkVolts, ({ gateVolts }) => gateVolts);
  }

  #look(gmId: number, length: number, sourceBulkVolts: number, read: (point: CurvePoint) => number): number {
    const [low, high] = SOURCE_BULK_VOLTS;
    const share = Math.min(1, Math.max(0, (sourceBulkVolts - low) / (high - low)));
    return (1 - share) * this.#atLength(gmId, length, low, read) + share * this.#atLength(gmId, length, high, read);
  }

  #atLength(gmId: number, length: number, sourceBulkVolts: number, read: (point: CurvePoint) => number): number {
    const curves = this.#curves.filter((curve) => curve.sourceBulkVolts === sourceBulkVolts);
    const below = curves.findLast((curve) => curve.length <= length) ?? curves[0];
    const above = curves.find((curve) => curve.length >= length) ?? below;
    if (below === undefined || above === undefined) return Number.NaN;
    const low = atGmId(below, gmId, read);
    if (above.length <= below.length) return low;
    const share = Math.log(length / below.length) / Math.log(above.length / below.length);
    return low + share * (atGmId(above, gmId, read) - low);
  }
}

/**
 * Sweeps the gates of one transistor for each length and body voltage, all in one deck and one simulation.
 * A string says in words why there is no table: the engine failed, or the transistor does not behave as one.
 */
export async function simulateGmIdTable(
  simulator: Simulator,
  card: ModelCard,
  settings: GmIdTableSettings,
): Promise<GmIdTable | string> {
  const transistors = settings.lengths.flatMap((length) =>
    SOURCE_BULK_VOLTS.map((sourceBulkVolts) => ({ length, sourceBulkVolts })),
  );
  const drains = transistors.map((_, index) => `drain${index}`);
  const session = await simulator.open(tableDeck(card, settings, transistors));
  try {
    const { start, stop } = SWEEP_VOLTS;
    const result = await session.run({
      analyses: [{ kind: "dc", source: "gate", start, stop, step: STEP_VOLTS }],
      save: drains.map((drain) => `i(${drain})`),
      timeoutMs: TIMEOUT_MS,
    });
    if (result.status !== "ok") return `${result.status}: ${result.message}`;
    const sweep = result.analyses[0];
    if (sweep?.kind !== "dc") return "the simulator gave no sweep";
    const curves = transistors.map((transistor, index) => ({
      ...transistor,
      points: curvePoints(sweep.x, sweep.vectors[`i(${drains[index] ?? ""})`] ?? new Float64Array(), settings.width),
    }));
    const flat = curves.find(({ points }) => points.length < 10);
    return flat === undefined ? new GmIdTable(curves) : `no gm/ID curve at a length of ${flat.length} m`;
  } finally {
    await session.close();
  }
}

function tableDeck(
  card: ModelCard,
  { width, drainVolts, temperatureCelsius }: GmIdTableSettings,
  transistors: readonly Pick<Curve, "length" | "sourceBulkVolts">[],
): Deck {
  // Turned round for a p-channel, so that every value below is a magnitude.
  const across = (node: string): readonly string[] => (card.type === "pmos" ? [GROUND, node] : [node, GROUND]);
  const source = (name: string, node: string, dc: number): DeckElement => ({
    kind: "voltage",
    name,
    nodes: across(node),
    values: { dc },
  });
  return {
    title: `gm/ID table of ${card.name}`,
    models: [card],
    temperatureCelsius,
    elements: [
      source("gate", "g", 0),
      ...SOURCE_BULK_VOLTS.map((volts, index) => source(`bulk${index}`, `b${index}`, -volts)),
      ...transistors.flatMap(({ length, sourceBulkVolts }, index): DeckElement[] => [
        source(`drain${index}`, `d${index}`, drainVolts),
        {
          kind: "mosfet",
          name: `t${index}`,
          nodes: [`d${index}`, "g", GROUND, sourceBulkVolts === SOURCE_BULK_VOLTS[0] ? "b0" : "b1"],
          model: card.name,
          values: { w: width, l: length, m: 1 },
        },
      ]),
    ],
  };
}

/** gm/ID is the slope of ln(ID) over the gate voltage; from its peak on, where it falls. */
function curvePoints(volts: Float64Array, currents: Float64Array, width: number): CurvePoint[] {
  const logarithms = Float64Array.from(currents, (current) => Math.log(Math.abs(current) / width));
  const points: CurvePoint[] = [];
  for (let index = 1; index + 1 < volts.length; index++) {
    if (Math.abs(currents[index - 1] ?? 0) < LEAST_CURRENT) continue;
    const before = volts[index - 1] ?? 0;
    const after = volts[index + 1] ?? 0;
    const gmId = ((logarithms[index + 1] ?? 0) - (logarithms[index - 1] ?? 0)) / (after - before);
    const point = { gmId, lnDensity: logarithms[index] ?? 0, gateVolts: volts[index] ?? 0 };
    while ((points.at(-1)?.gmId ?? Infinity) <= gmId) points.pop();
    if (gmId > 0) points.push(point);
  }
  return points;
}

function atGmId({ points }: Curve, gmId: number, read: (point: CurvePoint) => number): number {
  const after = points.findIndex((point) => point.gmId <= gmId);
  const right = points[after === -1 ? points.length - 1 : after];
  const left = after <= 0 ? right : points[after - 1];
  if (left === undefined || right === undefined) return Number.NaN;
  if (left.gmId <= right.gmId || after === -1) return read(right);
  const share = (left.gmId - gmId) / (left.gmId - right.gmId);
  return read(left) + share * (read(right) - read(left));
}

import { GROUND, type DeckElement } from "@topogenie/core";
import type { ActiveDevice } from "./active-device.js";
import { solveLinear } from "./solve-linear.js";

/** Every transistor saturated with the same transconductance and an intrinsic gain of 50, as at about 100 uA in 180 nm. Siemens. */
const TRANSCONDUCTANCE = 1e-3;
const OUTPUT_CONDUCTANCE = TRANSCONDUCTANCE / 50;
const CURRENT_GAIN = 100;
/** Keeps nets that nothing holds from making the equations singular. */
const LEAKAGE = 1e-9;

/**
 * The low-frequency small-signal gain that the topology has when every transistor is in saturation. Sizes decide its
 * magnitude, but its sign is the topology's: it tells the inverting input from the non-inverting one without a simulation.
 */
export class NominalCircuit {
  readonly #nodes: ReadonlyMap<string, number>;
  readonly #driven: ReadonlySet<string>;
  readonly #elements: readonly DeckElement[];
  readonly #devices: readonly ActiveDevice[];

  /** @param driven nodes that ideal voltage sources hold, ground left out */
  constructor(elements: readonly DeckElement[], devices: readonly ActiveDevice[], driven: ReadonlySet<string>) {
    this.#driven = driven;
    this.#elements = elements;
    this.#devices = devices;
    const free = new Set(elements.flatMap(({ nodes }) => nodes).filter((node) => node !== GROUND && !driven.has(node)));
    this.#nodes = new Map([...free].map((node, index) => [node, index]));
  }

  /** Volts at `output` when driven nodes move by `volts`; NaN when the equations have no solution. */
  response(volts: Readonly<Record<string, number>>, output: string): number {
    if (this.#driven.has(output)) return volts[output] ?? 0;
    const size = this.#nodes.size;
    const matrix = Array.from({ length: size }, () => new Float64Array(size));
    const right = new Float64Array(size);
    /** Current out of `from` into `to`, proportional to the voltage of `plus` over `minus`. */
    const stamp = (from: string, to: string, plus: string, minus: string, siemens: number): void => {
      for (const [node, direction] of [
        [from, 1],
        [to, -1],
      ] as const) {
        const row = this.#nodes.get(node);
        if (row === undefined) continue;
        for (const [control, sign] of [
          [plus, 1],
          [minus, -1],
        ] as const) {
          const column = this.#nodes.get(control);
          const cells = matrix[row];
          if (column !== undefined && cells !== undefined) cells[column] = (cells[column] ?? 0) + direction * sign * siemens;
          else right[row] = (right[row] ?? 0) - direction * sign * siemens * (volts[control] ?? 0);
        }
      }
    };
    for (const node of this.#nodes.keys()) stamp(node, GROUND, node, GROUND, LEAKAGE);
    for (const { kind, control, output: out, common } of this.#devices) {
      stamp(out, common, control, common, TRANSCONDUCTANCE);
      stamp(out, common, out, common, OUTPUT_CONDUCTANCE);
      if (kind === "bipolar") stamp(control, common, control, common, TRANSCONDUCTANCE / CURRENT_GAIN);
    }
    for (const { kind, nodes, values } of this.#elements) {
      const [a = GROUND, b = GROUND] = nodes;
      if (kind === "resistor") stamp(a, b, a, b, 1 / (values.r ?? 1e4));
      else if (kind === "diode") stamp(a, b, a, b, TRANSCONDUCTANCE);
      else if (kind === "inductor") stamp(a, b, a, b, 1);
    }
    const row = this.#nodes.get(output);
    const solution = row === undefined ? undefined : solveLinear(matrix, right);
    return solution?.[row ?? 0] ?? Number.NaN;
  }
}

/** +1 when the first input (over the second) lifts the first output (over the second). A topology without any gain counts as +1. */
export function gainSign(nominal: NominalCircuit, inputs: readonly string[], outputs: readonly string[]): 1 | -1 {
  const [first = "", second] = inputs;
  const drive = second === undefined ? { [first]: 1 } : { [first]: 0.5, [second]: -0.5 };
  const [plus = "", minus] = outputs;
  const gain = nominal.response(drive, plus) - (minus === undefined ? 0 : nominal.response(drive, minus));
  return gain < 0 ? -1 : 1;
}

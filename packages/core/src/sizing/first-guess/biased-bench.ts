import type { Testbench } from "../../contracts/circuit-family.js";
import type { DeckElement } from "../../contracts/deck.js";
import type { DeviceOperatingPoint, Simulator, SimulatorSession } from "../../contracts/simulator.js";
import { elementValues } from "../../spice/device-under-test.js";
import type { Sizing } from "../sizing-problem.js";
import type { GuessedTransistor } from "./bench-transistors.js";

export interface SolvedBench {
  /** Volts by node. */
  readonly nodes: Readonly<Record<string, number>>;
  /** By element name. */
  readonly devices: Readonly<Record<string, DeviceOperatingPoint>>;
  /** Transistors that conduct and have more across them than they need to. */
  readonly saturated: number;
}

/** In weak inversion a channel saturates at about four thermal voltages. */
const WEAK_INVERSION_VOLTS = 0.1;

/** A bench of which only the operating point is asked. */
export class BiasedBench {
  #simulations = 0;
  readonly #session: SimulatorSession;
  readonly #bench: Testbench;
  readonly #transistors: readonly GuessedTransistor[];
  readonly #write: (sizing: Sizing) => readonly DeckElement[];
  readonly #signal: AbortSignal | undefined;

  private constructor(
    session: SimulatorSession,
    bench: Testbench,
    transistors: readonly GuessedTransistor[],
    write: (sizing: Sizing) => readonly DeckElement[],
    signal: AbortSignal | undefined,
  ) {
    this.#session = session;
    this.#bench = bench;
    this.#transistors = transistors;
    this.#write = write;
    this.#signal = signal;
  }

  /** @param write the circuit's elements with a sizing's values */
  static async open(
    simulator: Simulator,
    bench: Testbench,
    transistors: readonly GuessedTransistor[],
    write: (sizing: Sizing) => readonly DeckElement[],
    signal: AbortSignal | undefined,
  ): Promise<BiasedBench> {
    return new BiasedBench(await simulator.open(bench.deck), bench, transistors, write, signal);
  }

  get simulations(): number {
    return this.#simulations;
  }

  /** Undefined when the simulator finds no operating point. */
  async solve(sizing: Sizing): Promise<SolvedBench | undefined> {
    this.#simulations++;
    const bias = this.#bench.variables.flatMap(({ name, sets, default: initial }) =>
      sets.map((key) => [key, sizing.bias[name] ?? initial] as const),
    );
    const result = await this.#session.run({
      set: { ...elementValues(this.#write(sizing)), ...Object.fromEntries(bias) },
      analyses: [{ kind: "op" }],
      devices: this.#transistors.map(({ element }) => element),
      timeoutMs: this.#bench.timeoutMs,
      ...(this.#signal === undefined ? {} : { signal: this.#signal }),
    });
    const analysis = result.status === "ok" ? result.analyses[0] : undefined;
    if (analysis?.kind !== "op") return undefined;
    const { nodes, devices } = analysis.op;
    return { nodes, devices, saturated: this.#transistors.filter(({ element }) => isSaturated(devices[element])).length };
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}

function isSaturated(point: DeviceOperatingPoint | undefined): boolean {
  if (point === undefined) return false;
  if (point.region === "subthreshold") return Math.abs(point.vds) >= WEAK_INVERSION_VOLTS;
  return point.region === "saturation";
}

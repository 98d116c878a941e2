import type { Circuit } from "../circuit/circuit.js";
import { GROUND, type Deck, type DeckElement, type ModelCard } from "../contracts/deck.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { OperatingPoint, SimulationOk, SimulationResult, Simulator } from "../contracts/simulator.js";
import { genericBench, type GenericBench } from "./generic-bench.js";

export interface SimulatabilityOptions {
  readonly simulator: Simulator;
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  /** For each of the two operating points. Default 10,000: far above what any circuit needs, so that no verdict follows the machine's load. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Default 1.8. */
  readonly supplyVolts?: number;
  /** Model cards instead of the device types' own, by device type name. */
  readonly models?: ReadonlyMap<string, ModelCard>;
}

export type UnsimulatableReason =
  | "parse-error"
  | "unsupported"
  | "singular"
  | "no-convergence"
  | "timeout"
  | "crashed"
  | "unphysical"
  | "voltage-out-of-window"
  | "supply-current";

export type Simulatability =
  | { readonly simulatable: true; readonly op: OperatingPoint; readonly convergence: SimulationOk["convergence"] }
  | { readonly simulatable: false; readonly reason: UnsimulatableReason; readonly message: string };

const SHUNT_OHMS = 1e9;
/** How far beyond the rails a node may be: junctions clamp a real one at about 0.7 V. */
const WINDOW_VOLTS = 1;
/** More than a chip's bond wires carry: something is shorted. */
const MOST_AMPERES = 1;

/**
 * Whether a circuit has an operating point with default sizes and bias. Electrical rules are the caller's to check first.
 * The recipe: (1) the operating point with 1 GOhm from every node to ground; (2) every voltage and current within reason;
 * (3) the operating point without those resistors, searched from the first; (4) again within reason. Each search ends
 * within `timeoutMs`. Rejects only when the signal aborts; throws for a device type that is unknown.
 */
export async function checkSimulatable(circuit: Circuit, options: SimulatabilityOptions): Promise<Simulatability> {
  const { supplyVolts = 1.8, models = new Map<string, ModelCard>() } = options;
  const bench = genericBench(circuit, options.deviceTypes, { supplyVolts, models });
  const shunted = judge(
    await operatingPoint({ ...bench.deck, elements: [...bench.deck.elements, ...shunts(bench)] }, options),
    bench,
  );
  if (!shunted.simulatable) return { ...shunted, message: `with 1 GOhm to ground everywhere: ${shunted.message}` };
  return judge(await operatingPoint(bench.deck, options, shunted.op.nodes), bench);
}

function shunts({ deck }: GenericBench): DeckElement[] {
  const nodes = new Set(deck.elements.flatMap((element) => element.nodes).filter((node) => node !== GROUND));
  return [...nodes].map((node, index) => ({
    kind: "resistor",
    name: `shunt_${index}`,
    nodes: [node, GROUND],
    values: { r: SHUNT_OHMS },
  }));
}

async function operatingPoint(
  deck: Deck,
  { simulator, timeoutMs = 10_000, signal }: SimulatabilityOptions,
  nodeset?: Readonly<Record<string, number>>,
): Promise<SimulationResult> {
  const session = await simulator.open(deck);
  try {
    return await session.run({
      analyses: [{ kind: "op" }],
      timeoutMs,
      ...(signal === undefined ? {} : { signal }),
      ...(nodeset === undefined ? {} : { nodeset }),
    });
  } finally {
    await session.close();
  }
}

function judge(result: SimulationResult, { dut, supplyVolts, deck }: GenericBench): Simulatability {
  if (result.status !== "ok") {
    const reason = result.status.replace("_", "-") as UnsimulatableReason;
    return { simulatable: false, reason, message: result.message };
  }
  const [first] = result.analyses;
  if (first?.kind !== "op") throw new Error("the simulator answered an operating point with something else");
  const { op } = first;
  for (const net of dut.circuit.nets.keys()) {
    const node = dut.node(net);
    const volts = node === GROUND ? 0 : (op.nodes[node] ?? 0);
    if (volts < -WINDOW_VOLTS || volts > supplyVolts + WINDOW_VOLTS) {
      const message = `net "${net}" is at ${volts.toPrecision(3)} V with a supply of ${supplyVolts} V`;
      return { simulatable: false, reason: "voltage-out-of-window", message };
    }
  }
  for (const { kind, name } of deck.elements) {
    const amperes = kind === "voltage" ? (op.branches[name] ?? 0) : 0;
    if (Math.abs(amperes) > MOST_AMPERES) {
      const message = `source "${name}" gives ${Math.abs(amperes).toPrecision(3)} A: something is shorted`;
      return { simulatable: false, reason: "supply-current", message };
    }
  }
  return { simulatable: true, op, convergence: result.convergence };
}

import type { Circuit } from "../circuit/circuit.js";
import { GROUND, type Deck } from "../contracts/deck.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { OperatingPoint, RunRequest, SimulationResult, Simulator } from "../contracts/simulator.js";
import { genericBench } from "./generic-bench.js";

export type Simulatability =
  | { readonly simulatable: true; readonly op: OperatingPoint }
  /** `reason` is one of few words, for counting; `message` says it in full. */
  | { readonly simulatable: false; readonly reason: string; readonly message: string };

export interface SimulatabilityOptions {
  readonly simulator: Simulator;
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  /** Longest time of one operating point. */
  readonly timeoutMs: number;
  readonly supplyVolts?: number;
  readonly signal?: AbortSignal;
}

/** Ties every node down so weakly that no circuit notices; without it a floating one keeps the solver searching. */
const SHUNT_OHMS = 1e9;
/** Volts beyond the rails that junctions and inductors can reach in a circuit that works. */
const MARGIN_VOLTS = 1;
/** No integrated circuit of a few dozen devices draws more at its default sizes. */
const MAXIMUM_AMPERES = 1;

/**
 * Whether a circuit has an operating point with default sizes and bias. First with a large resistor from every node to
 * ground, which ends quickly for any wiring; then without, starting from that solution: what only the resistors held in
 * place now shows as singular or does not converge. Both answers must be physical. The electrical rules are the caller's.
 */
export async function checkSimulatable(circuit: Circuit, options: SimulatabilityOptions): Promise<Simulatability> {
  const { deck, supplyVolts } = genericBench(circuit, options.deviceTypes, options.supplyVolts);
  const shunted = judge(await operatingPoint(withShunts(deck), options), supplyVolts);
  if (!shunted.simulatable) return shunted;
  return judge(await operatingPoint(deck, options, shunted.op.nodes), supplyVolts);
}

async function operatingPoint(deck: Deck, { simulator, timeoutMs, signal }: SimulatabilityOptions, nodeset?: RunRequest["nodeset"]): Promise<SimulationResult> {
  const session = await simulator.open(deck);
  try {
    return await session.run({
      analyses: [{ kind: "op" }],
      timeoutMs,
      ...(nodeset === undefined ? {} : { nodeset }),
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    await session.close();
  }
}

function withShunts(deck: Deck): Deck {
  const nodes = new Set(deck.elements.flatMap((element) => element.nodes));
  nodes.delete(GROUND);
  const shunts = [...nodes].map((node, index) => ({ kind: "resistor" as const, name: `shunt_${index}`, nodes: [node, GROUND], values: { r: SHUNT_OHMS } }));
  return { ...deck, elements: [...deck.elements, ...shunts] };
}

function judge(result: SimulationResult, supplyVolts: number): Simulatability {
  if (result.status !== "ok") return { simulatable: false, reason: result.status, message: result.message };
  const [analysis] = result.analyses;
  if (analysis?.kind !== "op") throw new Error("a simulator answered an operating point with something else");
  const { op } = analysis;
  for (const [node, volts] of Object.entries(op.nodes)) {
    if (!(volts >= -MARGIN_VOLTS && volts <= supplyVolts + MARGIN_VOLTS)) {
      return { simulatable: false, reason: "unphysical voltage", message: `node ${node} is at ${volts.toPrecision(3)} V with a supply of ${supplyVolts} V` };
    }
  }
  for (const [source, amperes] of Object.entries(op.branches)) {
    if (!(Math.abs(amperes) <= MAXIMUM_AMPERES)) {
      return { simulatable: false, reason: "unphysical current", message: `source ${source} gives ${amperes.toPrecision(3)} A` };
    }
  }
  return { simulatable: true, op };
}

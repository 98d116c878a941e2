import { portKind, SUPPLY } from "../../circuit/ports.js";
import { GROUND, type DeckElement, type ModelCard } from "../../contracts/deck.js";
import type { Testbench } from "../../contracts/circuit-family.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { Simulator } from "../../contracts/simulator.js";
import type { CircuitElements } from "../../spice/device-under-test.js";
import { biasSources, heldNodes } from "./bench-sources.js";
import type { GmIdTable } from "./gm-id-table.js";
import { gmIdTable } from "./gm-id-tables.js";

/** A MOS transistor that the guess may size, as it works: a channel that stands on the wrong rail is turned round. */
export interface GuessedTransistor {
  /** In the circuit. */
  readonly device: string;
  /** In the deck. */
  readonly element: string;
  readonly up: 1 | -1;
  readonly drain: string;
  readonly gate: string;
  readonly source: string;
  readonly bulk: string;
  readonly length: number;
  readonly gmId: number;
  readonly table: GmIdTable;
}

export interface LeftAlone {
  readonly device: string;
  readonly reason: string;
}

/** Inversion levels in 1/V by what a transistor does (Jespers, Murmann 2017, ch. 5): gain for its current, headroom, matching. */
const GM_ID = { input: 15, stacked: 13, onRail: 10 } as const;

/**
 * The circuit's MOS transistors with their tables and inversion levels, and the MOS devices that have none, with the reason.
 * @param lengths to which devices will be sized, metres
 */
export async function benchTransistors(
  dut: CircuitElements,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  simulator: Simulator,
  conditions: { readonly drainVolts: number; readonly temperatureCelsius: number },
  bench: Testbench,
  lengths: ReadonlyMap<string, number>,
): Promise<{ readonly transistors: readonly GuessedTransistor[]; readonly left: readonly LeftAlone[] }> {
  const cards = new Map(dut.models.map((card) => [card.name, card]));
  const elements = new Map(dut.elements.map((element) => [element.name, element]));
  const supply = dut.node(SUPPLY);
  const inputs = inputNodes(dut);
  const chosen = new Set(biasSources(bench.deck.elements, bench.variables).flatMap(({ followers }) => followers));
  const held = heldNodes(bench.deck.elements);
  /** Why a transistor's gate does not bias it; undefined when it does. */
  const unbiased = (gate: string): string | undefined =>
    held.has(gate) && !chosen.has(gate) && !inputs.has(gate) && gate !== supply ? "its gate's voltage is given" : undefined;
  const transistors: GuessedTransistor[] = [];
  const left: LeftAlone[] = [];
  for (const { name, type: typeName, values } of dut.circuit.devices) {
    const element = elements.get(dut.instance(name));
    const type = deviceTypes.get(typeName);
    const card = cards.get(element?.model ?? "");
    if (element?.kind !== "mosfet" || type === undefined || card === undefined) continue;
    const kept = values.w === undefined ? unbiased(element.nodes[1] ?? GROUND) : "its netlist gives its width";
    if (kept !== undefined) {
      left.push({ device: name, reason: kept });
      continue;
    }
    const length = lengths.get(name) ?? element.values.l;
    const table = await gmIdTable(simulator, type, card, conditions);
    if (typeof table === "string" || length === undefined) {
      left.push({ device: name, reason: typeof table === "string" ? `${card.name}: ${table}` : "it has no length" });
      continue;
    }
    const terminals = workingTerminals(element, card, supply);
    const onRail = terminals.source === (terminals.up === 1 ? GROUND : supply);
    const gmId = inputs.has(terminals.gate) ? GM_ID.input : onRail ? GM_ID.onRail : GM_ID.stacked;
    transistors.push({ device: name, element: element.name, ...terminals, length, gmId, table });
  }
  return { transistors, left };
}

/** Nodes of signals, whose voltage is not the guess's to choose where a tail hangs from them. */
export function inputNodes(dut: CircuitElements): ReadonlySet<string> {
  const ports = dut.circuit.ports.filter((port) => ["VIN", "VREF", "VCM"].includes(portKind(port)));
  return new Set(ports.map((port) => dut.node(port)));
}

function workingTerminals(
  { nodes }: DeckElement,
  card: ModelCard,
  supply: string,
): Pick<GuessedTransistor, "up" | "drain" | "gate" | "source" | "bulk"> {
  const [drain = GROUND, gate = GROUND, source = GROUND, bulk = GROUND] = nodes;
  const up = card.type === "pmos" ? -1 : 1;
  const turned = drain !== source && drain === (up === 1 ? GROUND : supply);
  return { up, gate, bulk, drain: turned ? source : drain, source: turned ? drain : source };
}

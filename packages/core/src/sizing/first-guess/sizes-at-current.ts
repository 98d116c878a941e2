import type { Circuit } from "../../circuit/circuit.js";
import { SUPPLY } from "../../circuit/ports.js";
import type { Testbench } from "../../contracts/circuit-family.js";
import { GROUND, type DeckElement } from "../../contracts/deck.js";
import type { CircuitElements } from "../../spice/device-under-test.js";
import type { DesignVariable } from "../design-variables.js";
import type { Sizing } from "../sizing-problem.js";
import { benchBranches } from "./bench-branches.js";
import { biasSources, heldNodes, type BiasSource } from "./bench-sources.js";
import { inputNodes, type GuessedTransistor } from "./bench-transistors.js";
import type { SolvedBench } from "./biased-bench.js";
import { branchCurrents } from "./branch-currents.js";
import { StackLevels } from "./stack-levels.js";

export interface GuessedBench {
  readonly circuit: Circuit;
  readonly dut: CircuitElements;
  readonly bench: Testbench;
  readonly variables: readonly DesignVariable[];
  readonly transistors: readonly GuessedTransistor[];
  readonly supplyVolts: number;
  /** Volts by node of the default sizing's operating point: what sources hold does not depend on the sizing. */
  readonly nodes: Readonly<Record<string, number>>;
}

export interface SizesAtCurrent {
  readonly sizing: Sizing;
  /** Nearer to the currents and stack levels meant, after a look at what a sizing does. */
  corrected(sizing: Sizing, solved: SolvedBench): Sizing;
}

/** A resistor on a rail is meant to drop this share of the supply, and this much below a source, volts. */
const LOAD_SHARE = 1 / 3;
const DEGENERATION_VOLTS = 0.2;
/** A width changes by no more than this factor in a correction. */
const MOST_CORRECTION = 2;

export function sizesAtCurrent(about: GuessedBench, current: number): SizesAtCurrent {
  const { dut, bench, variables, transistors, supplyVolts } = about;
  const { elements } = bench.deck;
  const supply = dut.node(SUPPLY);
  const biases = biasSources(elements, bench.variables);
  const held = heldNodes(elements);
  const inputPorts = inputNodes(dut);
  const heldVolts = new Map([...held].map((node) => [node, about.nodes[node] ?? supplyVolts / 2] as const));
  heldVolts.set(GROUND, 0).set(supply, supplyVolts);
  const widthGroups = new Map(
    variables.flatMap(({ sets }) =>
      sets.kind === "size" && sets.parameter === "w" ? sets.devices.map((device) => [device, sets.devices] as const) : [],
    ),
  );
  const byDevice = new Map(transistors.map((transistor) => [transistor.device, transistor]));
  const branches = benchBranches(elements, dut, supply, transistors, biases, held);
  const groups = [...new Set(widthGroups.values())].map((devices) =>
    devices.flatMap((device) => byDevice.get(device)?.element ?? []),
  );
  const currents = branchCurrents(branches, held, groups, current);

  const bias = new Map<string, number>();
  const inputs = new Map<string, number>();
  const voltages = biases.filter(({ element }) => element.kind === "voltage");
  const levels = (): StackLevels => new StackLevels(transistors, { supply, supplyVolts }, stiff(heldVolts, voltages), inputs);
  for (const signal of [true, false]) {
    const asked = levels();
    for (const source of voltages) {
      if (source.followers.some((node) => inputPorts.has(node)) !== signal) continue;
      const volts = signal ? inputVolts(source, asked) : gateWish(source, asked);
      if (volts !== undefined) bias.set(source.variable.name, inRange(volts, source.variable));
    }
    if (!signal) continue;
    for (const node of inputPorts) {
      const source = voltages.find(({ followers }) => followers.includes(node));
      const base = heldVolts.get(node);
      if (base === undefined) continue;
      const shift =
        source === undefined ? 0 : (bias.get(source.variable.name) ?? source.variable.default) - source.variable.default;
      inputs.set(node, base + shift);
    }
  }
  for (const { variable, element } of biases) {
    const amperes = currents.get(element.name);
    if (element.kind === "current" && amperes !== undefined) bias.set(variable.name, inRange(amperes, variable));
  }

  const values: Record<string, Record<string, number>> = {};
  const widthOf = ({ element, table, gmId, length }: GuessedTransistor): number =>
    (currents.get(element) ?? current) / table.density(gmId, length);
  for (const transistor of transistors) {
    const alike = (widthGroups.get(transistor.device) ?? [transistor.device]).flatMap((device) => byDevice.get(device) ?? []);
    const lnMean = alike.reduce((total, each) => total + Math.log(widthOf(each)), 0) / alike.length;
    values[transistor.device] = { w: Math.exp(lnMean) };
  }
  for (const { name, ohms } of railResistors(about, supply, currents)) values[name] = { r: ohms };
  const sizing = withinBounds({ values, bias: Object.fromEntries(bias) }, variables);

  const final = levels();
  return {
    sizing,
    corrected: (before, solved) => {
      const after: { values: Record<string, Record<string, number>>; bias: Record<string, number> } = {
        values: { ...before.values },
        bias: { ...before.bias },
      };
      for (const source of voltages) {
        if (source.followers.some((node) => inputPorts.has(node))) continue;
        const shifts = gated(source).flatMap(({ source: net, up }) => {
          const measured = solved.nodes[net];
          return measured === undefined || held.has(net) ? [] : [final.standing(net, up) - measured];
        });
        const was = before.bias[source.variable.name] ?? source.variable.default;
        if (shifts.length > 0) after.bias[source.variable.name] = inRange(was + mean(shifts), source.variable);
      }
      const fixedGates = new Set(voltages.flatMap(({ followers }) => followers));
      for (const { device, element, gate, source } of transistors) {
        const point = solved.devices[element];
        const width = before.values[device]?.w;
        const meant = currents.get(element);
        if (!fixedGates.has(gate) || inputPorts.has(gate) || !held.has(source)) continue;
        if (point?.region !== "saturation" || width === undefined || meant === undefined) continue;
        const ratio = meant / Math.abs(point.id);
        after.values[device] = { w: width * Math.min(MOST_CORRECTION, Math.max(1 / MOST_CORRECTION, ratio)) };
      }
      return withinBounds(after, variables);
    },
  };

  /** The bias voltages are still to be found, so what they hold is not known. */
  function stiff(all: ReadonlyMap<string, number>, sources: readonly BiasSource[]): ReadonlyMap<string, number> {
    const open = new Set(sources.flatMap(({ followers }) => followers));
    return new Map([...all].filter(([node]) => !open.has(node)));
  }

  function gated({ followers }: BiasSource): readonly GuessedTransistor[] {
    return transistors.filter(({ gate }) => followers.includes(gate));
  }

  function gateWish(source: BiasSource, levels: StackLevels): number | undefined {
    const wishes = gated(source).map((transistor) => levels.gate(transistor));
    return wishes.length === 0 ? undefined : mean(wishes);
  }

  /** An input that stands on a rail asks for its gate's voltage; one on a tail, for no less than that, and is left where it is; a reference always is. */
  function inputVolts(source: BiasSource, levels: StackLevels): number | undefined {
    const inputsHere = gated(source);
    const onRail = inputsHere.filter(({ source: net }) => held.has(net));
    if (onRail.length > 0) return mean(onRail.map((transistor) => levels.gate(transistor)));
    if (source.variable.name.startsWith("VREF")) return undefined;
    const polarities = new Set(inputsHere.map(({ up }) => up));
    if (polarities.size !== 1) return undefined;
    const wishes = inputsHere.map((transistor) => levels.gate(transistor));
    const { default: usual } = source.variable;
    return polarities.has(1) ? Math.max(usual, ...wishes) : Math.min(usual, ...wishes);
  }
}

/** Resistors that no netlist gives a value and that carry a branch from or to a rail. */
function railResistors(
  { dut, supplyVolts, transistors }: GuessedBench,
  supply: string,
  currents: ReadonlyMap<string, number>,
): { readonly name: string; readonly ohms: number }[] {
  const elements = new Map<string, DeckElement>(dut.elements.map((element) => [element.name, element]));
  return dut.circuit.devices.flatMap(({ name, values }) => {
    const element = elements.get(dut.instance(name));
    const amperes = currents.get(dut.instance(name));
    if (element?.kind !== "resistor" || amperes === undefined || values.r !== undefined) return [];
    const other = element.nodes.find((node) => node !== GROUND && node !== supply);
    const degenerates = transistors.some(({ source }) => source === other) && !transistors.some(({ drain }) => drain === other);
    return [{ name, ohms: (degenerates ? DEGENERATION_VOLTS : LOAD_SHARE * supplyVolts) / amperes }];
  });
}

function withinBounds(sizing: Sizing, variables: readonly DesignVariable[]): Sizing {
  const values: Record<string, Record<string, number>> = {};
  for (const { sets, minimum, maximum } of variables) {
    if (sets.kind !== "size") continue;
    for (const device of sets.devices) {
      const value = sizing.values[device]?.[sets.parameter];
      if (value !== undefined) (values[device] ??= {})[sets.parameter] = Math.min(maximum, Math.max(minimum, value));
    }
  }
  return { values, bias: sizing.bias };
}

function inRange(value: number, { minimum, maximum }: { readonly minimum: number; readonly maximum: number }): number {
  return Math.min(maximum, Math.max(minimum, value));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

import { GROUND, portKind, type BiasVariable, type DeckElement } from "@topogenie/core";
import type { ActiveDevice } from "./active-device.js";
import type { BiasGuess } from "./bias-guess.js";
import { voltageSource } from "./ideal-sources.js";
import { inputCoupling, takesCurrent } from "./input-coupling.js";
import { nodeCurrents } from "./port-currents.js";

/** Bounds of a bias current, amperes. */
export interface CurrentRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

export interface PortSource {
  readonly port: string;
  readonly elements: readonly DeckElement[];
  readonly variables: readonly BiasVariable[];
  /** Whether an ideal voltage source holds the port. */
  readonly held: boolean;
}

export interface PortSurroundings {
  readonly port: string;
  readonly node: string;
  readonly supply: string;
  readonly supplyVolts: number;
  readonly elements: readonly DeckElement[];
  readonly devices: readonly ActiveDevice[];
  readonly guess: BiasGuess;
  readonly currents: CurrentRange;
}

/**
 * What the bench puts at a port that is neither supply, input nor output.
 * `IB#`: a current source, into the circuit where its devices, also those behind coils and resistors, take current there and
 * out of it where they give some.
 * `VCLK#`: held high when its number is odd, low when even. `VCM#`: held at half the supply.
 * Others: a voltage source, a design variable that starts at {@link BiasGuess}. A port where the circuit both gives and
 * takes current is an output of its own bias network, which many circuits of the dataset name `VB#`: nothing is put there,
 * unless what gives and takes are resistors or coils to gates that nothing else biases.
 */
export function portSource(around: PortSurroundings): PortSource {
  const { port, node, supply, supplyVolts, elements, devices, guess } = around;
  const kind = portKind(port);
  const { given, taken } = nodeCurrents(node, elements, devices);
  if (kind === "VCLK") return held(around, Number(/\d+$/.exec(port)?.[0] ?? 1) % 2 === 1 ? supplyVolts : 0);
  if (kind === "VCM") return held(around, supplyVolts / 2);
  if (kind === "IB" && given + taken > 0) return fed(around);
  if (given > 0 && taken > 0) {
    const coupling = inputCoupling(node, supply, elements, devices, guess);
    if (coupling.kind === "coupled") return { port, elements: [], variables: [], held: false };
    return chosen(around, coupling.kind === "biased" ? coupling.volts : supplyVolts / 2);
  }
  return chosen(around, guess.control(node) ?? startWithoutGates(given, taken, supplyVolts));
}

function sourceName(port: string): string {
  return `bias_${port.toLowerCase()}`;
}

function held({ port, node }: PortSurroundings, volts: number): PortSource {
  return { port, elements: [voltageSource(sourceName(port), node, GROUND, { dc: volts })], variables: [], held: true };
}

function chosen(around: PortSurroundings, volts: number): PortSource {
  const { port, supplyVolts } = around;
  const range = { minimum: 0, maximum: supplyVolts, scale: "linear", default: volts } as const;
  return {
    ...held(around, volts),
    variables: [{ name: port, title: `Voltage at ${port}`, unit: "V", ...range, sets: [`${sourceName(port)}.dc`] }],
  };
}

function fed({ port, node, supply, elements, devices, currents }: PortSurroundings): PortSource {
  const name = sourceName(port);
  const nodes = takesCurrent(node, supply, elements, devices) ? [supply, node] : [node, GROUND];
  return {
    port,
    elements: [{ kind: "current", name, nodes, values: { dc: currents.default } }],
    variables: [{ name: port, title: `Bias current at ${port}`, unit: "A", ...currents, scale: "log", sets: [`${name}.dc`] }],
    held: false,
  };
}

/** A port into which current flows stands low, one out of which it flows high. */
function startWithoutGates(given: number, taken: number, supplyVolts: number): number {
  if (given === taken) return supplyVolts / 2;
  return given > taken ? 0.2 : supplyVolts - 0.2;
}

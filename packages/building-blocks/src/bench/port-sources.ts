import { GROUND, portKind, type BiasVariable, type DeckElement } from "@topogenie/core";
import type { ActiveDevice } from "./active-device.js";
import type { BiasGuess } from "./bias-guess.js";
import { nodeCurrents } from "./port-currents.js";

export interface PortSource {
  readonly port: string;
  readonly elements: readonly DeckElement[];
  readonly variables: readonly BiasVariable[];
  /** Whether an ideal voltage source holds the port. */
  readonly held: boolean;
}

interface PortSurroundings {
  readonly port: string;
  readonly node: string;
  readonly supply: string;
  readonly supplyVolts: number;
  readonly elements: readonly DeckElement[];
  readonly devices: readonly ActiveDevice[];
  readonly guess: BiasGuess;
}

/** Amperes of a bias current: from micropower to what 2 mW at 1.8 V allows. */
const CURRENT = { minimum: 0.5e-6, maximum: 500e-6, default: 20e-6 } as const;

/**
 * What the bench puts at a port that is neither supply, input nor output.
 * `IB#`: a current source, into the circuit where its devices take current there and out of it where they give some.
 * `VCLK#`: held high when its number is odd, low when even. `VCM#`: held at half the supply.
 * Others: a voltage source, a design variable that starts at {@link BiasGuess}. A port where the circuit both gives and
 * takes current is an output of its own bias network, which many circuits of the dataset name `VB#`: nothing is put there.
 */
export function portSource(around: PortSurroundings): PortSource {
  const { port, node, supply, supplyVolts } = around;
  const kind = portKind(port);
  const name = `bias_${port.toLowerCase()}`;
  const currents = nodeCurrents(node, around.elements, around.devices);
  if (kind === "VCLK") return fixedVoltage(port, node, name, Number(/\d+$/.exec(port)?.[0] ?? 1) % 2 === 1 ? supplyVolts : 0);
  if (kind === "VCM") return fixedVoltage(port, node, name, supplyVolts / 2);
  if (currents.given > 0 && currents.taken > 0 && kind !== "IB") return { port, elements: [], variables: [], held: false };
  if (kind === "IB" && currents.given + currents.taken > 0) {
    const into = currents.diode === undefined ? currents.taken >= currents.given : currents.diode === "n";
    return {
      port,
      elements: [{ kind: "current", name, nodes: into ? [supply, node] : [node, GROUND], values: { dc: CURRENT.default } }],
      variables: [{ name: port, title: `Bias current at ${port}`, unit: "A", ...CURRENT, scale: "log", sets: [`${name}.dc`] }],
      held: false,
    };
  }
  const start = around.guess.control(node) ?? startWithoutGates(currents, supplyVolts);
  return {
    port,
    elements: [{ kind: "voltage", name, nodes: [node, GROUND], values: { dc: start } }],
    variables: [
      {
        name: port,
        title: `Voltage at ${port}`,
        unit: "V",
        minimum: 0,
        maximum: supplyVolts,
        scale: "linear",
        default: start,
        sets: [`${name}.dc`],
      },
    ],
    held: true,
  };
}

function fixedVoltage(port: string, node: string, name: string, volts: number): PortSource {
  return {
    port,
    elements: [{ kind: "voltage", name, nodes: [node, GROUND], values: { dc: volts } }],
    variables: [],
    held: true,
  };
}

/** A port into which current flows stands low, one out of which it flows high. */
function startWithoutGates({ given, taken }: { given: number; taken: number }, supplyVolts: number): number {
  if (given === taken) return supplyVolts / 2;
  return given > taken ? 0.2 : supplyVolts - 0.2;
}

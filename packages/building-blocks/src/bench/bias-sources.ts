import { isRail, SUPPLY, type BiasVariable, type DeckElement, type DeviceUnderTest } from "@topogenie/core";
import { activeDevices, type ActiveDevice } from "./active-device.js";
import { BiasGuess } from "./bias-guess.js";
import { portSource, type CurrentRange, type PortSource } from "./port-sources.js";

/** From micropower to what 2 mW at 1.8 V allows. */
const LOW_POWER: CurrentRange = { minimum: 0.5e-6, maximum: 500e-6, default: 20e-6 };

export interface BiasSources {
  readonly devices: readonly ActiveDevice[];
  readonly guess: BiasGuess;
  readonly sources: readonly PortSource[];
  /** Those of all {@link sources}. */
  readonly elements: readonly DeckElement[];
  readonly variables: readonly BiasVariable[];
  /** Nodes that an ideal voltage source of a port holds. */
  readonly held: ReadonlySet<string>;
}

export interface BiasSettings {
  readonly supplyVolts: number;
  /** Ports that the bench itself drives, loads or observes; the rails always are. */
  isSignal(port: string): boolean;
  /** Default: 0.5 to 500 uA. */
  readonly currents?: CurrentRange;
  /** Volts by node of the signal inputs, from which the voltages of what stands above them follow. */
  readonly inputs?: ReadonlyMap<string, number>;
}

/** Sources for every port that is neither rail nor signal: see {@link portSource} for what each gets. */
export function biasSources(dut: DeviceUnderTest, settings: BiasSettings): BiasSources {
  const { supplyVolts, currents = LOW_POWER, inputs = new Map<string, number>() } = settings;
  const supply = dut.node(SUPPLY);
  const devices = activeDevices(dut.elements, dut.models, supply);
  const guess = new BiasGuess(devices, supply, supplyVolts, inputs);
  const around = { supply, supplyVolts, elements: dut.elements, devices, guess, currents };
  const sources = dut.circuit.ports
    .filter((port) => !isRail(port) && !settings.isSignal(port))
    .map((port) => portSource({ port, node: dut.node(port), ...around }));
  return {
    devices,
    guess,
    sources,
    elements: sources.flatMap(({ elements }) => elements),
    variables: sources.flatMap(({ variables }) => variables),
    held: new Set(sources.filter((source) => source.held).map(({ port }) => dut.node(port))),
  };
}

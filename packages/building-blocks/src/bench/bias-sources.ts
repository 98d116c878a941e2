import { GROUND, isRail, portKind, SUPPLY, type BiasVariable, type DeviceUnderTest } from "@topogenie/core";
import { activeDevices, type ActiveDevice } from "./active-device.js";
import { BiasGuess } from "./bias-guess.js";
import { voltageSource } from "./ideal-sources.js";
import { inputCoupling, takesCurrent } from "./input-coupling.js";
import { portSource, type PortSource } from "./port-sources.js";

/** Bounds of a bias current, amperes. */
export interface CurrentRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

export interface BiasSources {
  readonly devices: readonly ActiveDevice[];
  readonly guess: BiasGuess;
  readonly sources: readonly PortSource[];
  readonly variables: readonly BiasVariable[];
  /** Nodes that an ideal voltage source of a port holds. */
  readonly held: ReadonlySet<string>;
}

/** Sources for every port that is neither rail nor one of `signals` (see {@link portSource}), with bias currents in `currents`. */
export function biasSources(
  dut: DeviceUnderTest,
  supplyVolts: number,
  signals: ReadonlySet<string>,
  currents: CurrentRange,
): BiasSources {
  const supply = dut.node(SUPPLY);
  const devices = activeDevices(dut.elements, dut.models, supply);
  const guess = new BiasGuess(devices, supply, supplyVolts, new Map());
  const ports = dut.circuit.ports.filter((port) => !isRail(port) && !signals.has(port));
  const sources = ports
    .map((port) => portSource({ port, node: dut.node(port), supply, supplyVolts, elements: dut.elements, devices, guess }))
    .map((source) => ranged(source, currents, (node) => takesCurrent(node, supply, dut.elements, devices), dut))
    .map((source) => (source.elements.length > 0 ? source : throughResistors(source, dut, devices, guess, supplyVolts)));
  return {
    devices,
    guess,
    sources,
    variables: sources.flatMap(({ variables }) => variables),
    held: new Set(sources.filter(({ held }) => held).map(({ port }) => dut.node(port))),
  };
}

/**
 * A port that feeds gates through resistors or coils needs its voltage all the same, although current can flow in a resistor
 * either way.
 */
function throughResistors(
  source: PortSource,
  dut: DeviceUnderTest,
  devices: readonly ActiveDevice[],
  guess: BiasGuess,
  supplyVolts: number,
): PortSource {
  const { port } = source;
  const node = dut.node(port);
  const coupling = inputCoupling(node, dut.node(SUPPLY), dut.elements, devices, guess);
  if (coupling.kind === "coupled") return source;
  const name = `bias_${port.toLowerCase()}`;
  const start = coupling.kind === "biased" ? coupling.volts : supplyVolts / 2;
  return {
    port,
    elements: [voltageSource(name, node, GROUND, { dc: start })],
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

/** The bias current of a port in the range given, in the direction that the devices behind coils and resistors ask for. */
function ranged(source: PortSource, currents: CurrentRange, into: (node: string) => boolean, dut: DeviceUnderTest): PortSource {
  if (portKind(source.port) !== "IB" || !source.variables.some(({ unit }) => unit === "A")) return source;
  const node = dut.node(source.port);
  const nodes = into(node) ? [dut.node(SUPPLY), node] : [node, GROUND];
  return {
    ...source,
    elements: source.elements.map((element) =>
      element.kind === "current" ? { ...element, nodes, values: { ...element.values, dc: currents.default } } : element,
    ),
    variables: source.variables.map((variable) => ({ ...variable, ...currents })),
  };
}

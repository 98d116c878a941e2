import { biasSources, voltageAmplifier, voltageSource, windingNode, withWindings } from "@topogenie/building-blocks";
import { GROUND, portKind, SUPPLY, TopogenieError } from "@topogenie/core";
import type { DeckElement, DeviceUnderTest, Testbench, Waveform } from "@topogenie/core";
import { oscillationPlot } from "../measure/oscillation-plot.js";
import type { VcoOptions } from "../options.js";
import { isOutput, observedNodes } from "./observed-nodes.js";
import { timePlan, type TimePlan } from "./time-plan.js";

export const BENCH = "oscillation";
/** The observed voltage, or the difference of the two. */
export const OUTPUT_NODE = "tb_output";
/** The control voltage that is swept; its absence means that there is none. */
export const CONTROL_NODE = "tb_control";
export const SUPPLY_SOURCE = "supply";
/** Volts for amperes through coil number N, and its voltage without the winding's. */
export const COIL_CURRENT = "tb_coil_current";
export const COIL_VOLTAGE = "tb_coil_voltage";

const BIAS_CURRENTS = { minimum: 20e-6, maximum: 10e-3, default: 1e-3 } as const;
/** What starts the oscillation: enough to move a picofarad by 0.1 V, gone before anything is measured. */
const KICK = { amperes: 2e-3, seconds: 50e-12 } as const;
const LEAK_SIEMENS = 1e-9;

/**
 * The oscillator, kicked once and then left alone: no source of the bench moves but the control voltage `VCONT1`, which is stepped
 * through three values in one transient. What is periodic late in a span can only be the circuit's own doing. Further controls,
 * bias voltages and currents are design variables.
 */
export function oscillationBench(dut: DeviceUnderTest, options: VcoOptions): Testbench {
  const { circuit } = dut;
  const { supplyVolts, outputFarads, windingOhms } = options;
  const supply = dut.node(SUPPLY);
  const swept = circuit.ports.filter((port) => portKind(port) === "VCONT").sort()[0];
  const outputs = circuit.ports.filter(isOutput);
  const signals: ReadonlySet<string> = new Set([...outputs, ...(swept === undefined ? [] : [swept])]);
  const bias = biasSources(dut, { supplyVolts, isSignal: (port) => signals.has(port), currents: BIAS_CURRENTS });
  const [plus, minus] = observedNodes(dut, bias.devices);
  if (plus === undefined) {
    throw new TopogenieError(
      "VCO_NOTHING_OSCILLATES",
      `Circuit "${circuit.name}" has no output and no net that a transistor drives, so there is nothing to observe.`,
    );
  }
  const plan = timePlan(options.slowestHz, swept !== undefined);
  const coils = dut.elements.filter(({ kind }) => kind === "inductor");
  const elements: DeckElement[] = [
    ...withWindings(dut.elements, windingOhms),
    ...bias.sources.flatMap((source) => source.elements),
    voltageSource(SUPPLY_SOURCE, supply, GROUND, { dc: supplyVolts }),
    ...(swept === undefined ? [] : controlSource(dut.node(swept), plan, supplyVolts)),
    ...outputs.flatMap((port, index): DeckElement[] => [
      { kind: "capacitor", name: `load${index + 1}`, nodes: [dut.node(port), GROUND], values: { c: outputFarads } },
      {
        kind: "vccs",
        name: `leak${index + 1}`,
        nodes: [dut.node(port), GROUND, dut.node(port), GROUND],
        values: { gain: LEAK_SIEMENS },
      },
    ]),
    { kind: "current", name: "kick", nodes: [GROUND, plus], values: { dc: 0 }, waveform: kick(plan) },
    voltageAmplifier("sense", OUTPUT_NODE, GROUND, plus, minus ?? GROUND, 1),
    ...coils.flatMap((coil, index): DeckElement[] => {
      const [a = GROUND, b = GROUND] = coil.nodes;
      const inner = windingNode(coil.name);
      return [
        voltageAmplifier(`coil_current${index}`, `${COIL_CURRENT}${index}`, GROUND, inner, b, 1 / windingOhms),
        voltageAmplifier(`coil_voltage${index}`, `${COIL_VOLTAGE}${index}`, GROUND, a, inner, 1),
      ];
    }),
  ];
  const biasNames = elements.filter(({ kind, name }) => kind === "voltage" && name.startsWith("bias_")).map(({ name }) => name);
  return {
    name: BENCH,
    deck: { title: `oscillator ${circuit.name}`, elements, models: dut.models, temperatureCelsius: options.temperatureCelsius },
    variables: bias.variables,
    analyses: [{ kind: "op" }, { kind: "tran", stepS: plan.stepS, stopS: plan.spans.at(-1)?.endS ?? 0, maxStepS: plan.stepS }],
    save: [
      OUTPUT_NODE,
      ...(swept === undefined ? [] : [CONTROL_NODE]),
      ...[SUPPLY_SOURCE, ...biasNames].map((name) => `i(${name})`),
      ...coils.flatMap((_, index) => [`${COIL_CURRENT}${index}`, `${COIL_VOLTAGE}${index}`]),
    ],
    timeoutMs: options.timeoutMs,
    plots: oscillationPlot,
  };
}

function kick({ stepS }: TimePlan): Waveform {
  const { amperes, seconds } = KICK;
  return {
    kind: "pwl",
    points: [
      [0, 0],
      [stepS, 0],
      [stepS + seconds / 2, amperes],
      [stepS + seconds, amperes],
      [stepS + 1.5 * seconds, 0],
    ],
  };
}

/** Named as a bias, because what it gives to the circuit is power as well. */
function controlSource(node: string, { spans, stepS }: TimePlan, supplyVolts: number): DeckElement[] {
  const points = spans.flatMap(({ control, startS, endS }, index): (readonly [number, number])[] => [
    [index === 0 ? 0 : startS + 4 * stepS, control * supplyVolts],
    [endS, control * supplyVolts],
  ]);
  const dc = (spans[0]?.control ?? 0) * supplyVolts;
  return [
    voltageSource("bias_control", node, GROUND, { dc }, { kind: "pwl", points }),
    voltageAmplifier("sense_control", CONTROL_NODE, GROUND, node, GROUND, 1),
  ];
}

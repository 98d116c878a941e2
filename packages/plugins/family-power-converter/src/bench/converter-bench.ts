import { biasSources, voltageSource } from "@topogenie/building-blocks";
import { GROUND, portKind, SUPPLY, TopogenieError } from "@topogenie/core";
import type { DeckElement, DeviceUnderTest, Testbench } from "@topogenie/core";
import { waveformPlot } from "../measure/waveform-plot.js";
import type { PowerConverterOptions } from "../options.js";
import { controlDrivers, DRIVE_SOURCE } from "./control-drivers.js";

export const BENCH = "steady-state";
export const OUTPUT_NODE = "tb_output";
/** The sum of every bias source's current magnitude cannot be drawn with linear elements, so each is saved; names begin so. */
export const INPUT_SOURCES = ["input", "supply", DRIVE_SOURCE] as const;
export const BIAS_PREFIX = "bias_";

/** Points a period below which edges would be lost. */
const STEPS_PER_PERIOD = 25;

/**
 * The converter from rest into its load: input, supply and clock drivers from ideal sources, a resistor at the output. Starting
 * from zero means that no stored energy can be passed off as converted.
 */
export function converterBench(dut: DeviceUnderTest, options: PowerConverterOptions): Testbench {
  const { circuit } = dut;
  const { inputVolts, loadOhms, periodS, periods } = options;
  const node = (net: string): string => dut.node(net);
  const supply = node(SUPPLY);
  const ofKind = (...kinds: readonly string[]): string[] => circuit.ports.filter((port) => kinds.includes(portKind(port)));
  const inputs = ofKind("VIN");
  const [output, ...further] = ofKind("VOUT");
  if (output === undefined || inputs.length + ofKind(SUPPLY).length === 0) {
    throw new TopogenieError(
      "POWER_CONVERTER_PORTS",
      `Circuit "${circuit.name}" has no VOUT port, or neither VIN nor VDD; a power converter's bench needs an output and something to convert.`,
    );
  }
  const controls = ofKind("VCONT", "VCLK").sort((a, b) => (a < b ? -1 : 1));
  const signals = new Set([...inputs, output, ...further, ...controls]);
  const bias = biasSources(dut, { supplyVolts: inputVolts, isSignal: (port) => signals.has(port) });
  const drivers = controlDrivers(
    controls.map((port) => ({ port, node: node(port) })),
    bias.devices,
    { highVolts: inputVolts, periodS, driverOhms: options.driverOhms },
  );
  const elements: DeckElement[] = [
    ...dut.elements,
    ...bias.elements,
    ...drivers.elements,
    voltageSource("supply", supply, GROUND, { dc: inputVolts }),
    voltageSource("input", "tb_input", GROUND, { dc: inputVolts }),
    // A second input stands at the same voltage; their currents are counted together.
    ...inputs.map((port, index) => voltageSource(`input_${index + 1}`, "tb_input", node(port), { dc: 0 })),
    ...[output, ...further].map((port, index): DeckElement => ({
      kind: "resistor",
      name: `load_${index + 1}`,
      nodes: [node(port), GROUND],
      values: { r: loadOhms },
    })),
    { kind: "vcvs", name: "output", nodes: [OUTPUT_NODE, GROUND, node(output), GROUND], values: { gain: 1 } },
  ];
  const stopS = periods * periodS;
  const biases = elements.filter(({ kind, name }) => kind === "voltage" && name.startsWith(BIAS_PREFIX));
  return {
    name: BENCH,
    deck: {
      title: `power converter ${circuit.name}`,
      elements,
      models: [...dut.models, ...drivers.models],
      temperatureCelsius: options.temperatureCelsius,
    },
    variables: [...drivers.variables, ...bias.variables],
    analyses: [
      {
        kind: "tran",
        stepS: periodS / STEPS_PER_PERIOD,
        stopS,
        startS: 0.6 * stopS,
        maxStepS: periodS / STEPS_PER_PERIOD,
        useInitialConditions: true,
      },
    ],
    save: [
      OUTPUT_NODE,
      "i(input)",
      "i(supply)",
      ...(drivers.elements.length === 0 ? [] : [`i(${DRIVE_SOURCE})`]),
      ...biases.map(({ name }) => `i(${name})`),
    ],
    timeoutMs: options.timeoutMs,
    plots: (result) => waveformPlot(result, OUTPUT_NODE),
  };
}

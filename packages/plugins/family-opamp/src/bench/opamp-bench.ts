import {
  type ActiveDevice,
  activeDevices,
  biasSources,
  gainSign,
  headroomProbes,
  NominalCircuit,
  voltageAmplifier,
  voltageSource,
} from "@topogenie/building-blocks";
import { GROUND, portKind, SUPPLY } from "@topogenie/core";
import type { BiasVariable, DeckElement, DeviceUnderTest, Testbench } from "@topogenie/core";
import type { OpampOptions } from "../options.js";
import { bodePlot } from "../measure/bode-plot.js";
import { commonModeServo } from "./common-mode-servo.js";
import { signalPorts, type SignalPorts } from "./signal-ports.js";

export const BENCH = "open-loop";
/** The signed output less half the supply (single-ended), or the signed difference of the outputs. */
export const GAIN_NODE = "tb_gain";
/** The differential input: what the servo gives at direct current, 1 V of signal at alternating current. */
export const INPUT_NODE = "tb_input";
export const OUTPUT_NODES = ["tb_output1", "tb_output2"] as const;
export const SUPPLY_SOURCE = "supply";

const HALF_SUPPLY_NODE = "tb_half";
const COMMON_MODE_NODE = "tb_common";
/**
 * The low-pass that closes the loop for direct current alone: a time constant of 1e9 s leaves less than 1e-4 of a gain of
 * 120 dB at 10 Hz. Larger values in fewer elements, as the customary 1 GH and 1 GF, cost the solver its accuracy.
 */
const LOW_PASS_OHMS = 1e9;
const LOW_PASS_FARADS = 1;
const LOW_PASS_NODE = "tb_low_pass";

/**
 * Open-loop gain by the classic method: a low-pass of huge elements closes the loop for direct current, so that the output
 * sits at half the supply whatever the offset, and opens it for signals, which enter behind the low-pass (Allen, Holberg, CMOS Analog Circuit Design, sec. 6.6). Inputs are `common mode ± input / 2`.
 * The sign of the feedback is that of the topology's nominal gain (see {@link NominalCircuit}). Fully differential
 * circuits are fed back and measured by the difference of their outputs.
 */
export function opampBench(dut: DeviceUnderTest, options: OpampOptions): Testbench {
  const { circuit } = dut;
  const node = (net: string): string => dut.node(net);
  const { supplyVolts, loadFarads } = options;
  const supply = node(SUPPLY);
  const ports = signalPorts(circuit);
  const devices = activeDevices(dut.elements, dut.models, supply);
  const inputNodes = ports.inputs.map((port) => node(port));
  const outputNodes = ports.outputs.map((port) => node(port));
  const commonMode = inputCommonMode(inputNodes, devices, supplyVolts);
  const bias = biasSources(dut, {
    supplyVolts,
    isSignal: (port) => ["VIN", "VOUT"].includes(portKind(port)),
    inputs: new Map(inputNodes.map((input) => [input, commonMode.default])),
  });
  const nominal = new NominalCircuit(dut.elements, devices, new Set([supply, ...inputNodes, ...bias.held]));
  const sign = gainSign(nominal, inputNodes, outputNodes);
  const half = supplyVolts / 2;
  const placed =
    ports.outputs.length === 2
      ? commonModeServo({
          sources: bias.sources,
          nominal,
          node,
          outputs: [outputNodes[0] ?? GROUND, outputNodes[1] ?? GROUND],
          target: HALF_SUPPLY_NODE,
        })
      : bias.elements;
  const elements: DeckElement[] = [
    ...dut.elements,
    ...placed,
    ...headroomProbes(bias.elements),
    voltageSource(SUPPLY_SOURCE, supply, GROUND, { dc: supplyVolts }),
    voltageSource("half", HALF_SUPPLY_NODE, GROUND, { dc: half }),
    voltageSource("common", COMMON_MODE_NODE, GROUND, { dc: commonMode.default }),
    ...inputNodes.map((input, index) =>
      voltageAmplifier(`input${index + 1}`, input, COMMON_MODE_NODE, INPUT_NODE, GROUND, inputShare(ports, index)),
    ),
    ...outputNodes.flatMap((output, index): DeckElement[] => [
      { kind: "capacitor", name: `load${index + 1}`, nodes: [output, GROUND], values: { c: loadFarads } },
      voltageAmplifier(`output${index + 1}`, OUTPUT_NODES[index === 0 ? 0 : 1], GROUND, output, GROUND, 1),
    ]),
    voltageAmplifier("gain", GAIN_NODE, GROUND, outputNodes[0] ?? GROUND, outputNodes[1] ?? HALF_SUPPLY_NODE, sign),
    voltageAmplifier("feedback", "tb_feedback", GROUND, GAIN_NODE, GROUND, -1),
    { kind: "resistor", name: "low_pass_r", nodes: ["tb_feedback", LOW_PASS_NODE], values: { r: LOW_PASS_OHMS } },
    { kind: "capacitor", name: "low_pass_c", nodes: [LOW_PASS_NODE, GROUND], values: { c: LOW_PASS_FARADS } },
    voltageSource("signal", INPUT_NODE, LOW_PASS_NODE, { dc: 0, acmag: 1 }),
  ];
  return {
    name: BENCH,
    deck: {
      title: `op-amp ${circuit.name}`,
      elements,
      models: dut.models,
      temperatureCelsius: options.temperatureCelsius,
    },
    variables: [...bias.variables, commonMode],
    analyses: [{ kind: "op" }, { kind: "ac", pointsPerDecade: 10, startHz: 10, stopHz: 10e9 }],
    save: [GAIN_NODE],
    timeoutMs: options.timeoutMs,
    plots: (result) => bodePlot(result, GAIN_NODE),
  };
}

/** A lone input takes the whole signal, two share it in opposite halves. */
function inputShare({ inputs }: SignalPorts, index: number): number {
  if (inputs.length === 1) return 1;
  return index === 0 ? 0.5 : -0.5;
}

/**
 * Where the inputs stand: a design variable, because n pairs want it high and p pairs low. Two inputs stay within the
 * middle of the supply; a lone input, which is a bias voltage as well, may stand anywhere.
 */
function inputCommonMode(inputs: readonly string[], devices: readonly ActiveDevice[], supplyVolts: number): BiasVariable {
  const polarities = new Set(devices.filter(({ control }) => inputs.includes(control)).map(({ polarity }) => polarity));
  const single = inputs.length === 1;
  const only = polarities.size === 1 ? [...polarities][0] : undefined;
  const share = only === undefined ? 0.5 : (only === "n") === single ? 0.35 : 0.65;
  return {
    name: "inputCommonMode",
    title: single ? "Input bias voltage" : "Input common-mode voltage",
    unit: "V",
    minimum: single ? 0 : 0.2 * supplyVolts,
    maximum: single ? supplyVolts : 0.8 * supplyVolts,
    scale: "linear",
    default: share * supplyVolts,
    sets: ["common.dc"],
  };
}

import type { Circuit, CircuitFamily, ElectricalRule } from "@topogenie/core";
import { BENCHES, mirrorBench } from "./bench.js";
import { measureMirror } from "./measure.js";
import type { MirrorOptions } from "./options.js";
import { seeds } from "./seeds.js";

const referenceIsSensed: ElectricalRule = {
  name: "current-mirror-reference-is-sensed",
  title: "The reference current flows into the circuit",
  check: (circuit: Circuit) => {
    const touched = (circuit.nets.get("IB1") ?? []).some(({ device, pin }) => {
      const type = circuit.devices[device]?.type;
      return type === "resistor" || ((type === "nmos4" || type === "pmos4") && (pin === 0 || pin === 2));
    });
    if (touched) return [];
    const message = "No drain, source or resistor is on IB1, so nothing takes the current that is to be copied.";
    return [{ rule: "current-mirror-reference-is-sensed", message, devices: [], nets: ["IB1"] }];
  },
};

export function currentMirrorFamily(options: MirrorOptions): CircuitFamily {
  const { supplyVolts, referenceAmperes } = options;
  return {
    name: "current-mirror",
    title: "Current mirror",
    conditions: `Supply ${supplyVolts} V, a reference of ${referenceAmperes * 1e6} uA and of twice that, the output held by a voltage source from rail to rail, 27 degrees Celsius.`,
    ports: [
      { kind: "VDD", minimum: 0, maximum: 1, title: "Supply" },
      { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
      { kind: "IB", minimum: 1, maximum: 1, title: "Current to copy" },
      { kind: "IOUT", minimum: 1, maximum: 1, title: "Its copy" },
      { kind: "VB", minimum: 0, maximum: 2, title: "Bias voltage of cascodes" },
    ],
    rules: [referenceIsSensed],
    seeds,
    testbenches: (dut) => BENCHES.map((name, index) => mirrorBench(name, dut, options, (index + 1) * referenceAmperes)),
    measurements: [
      {
        name: "copies",
        title: "Change of the output over change of the reference",
        unit: "1",
        better: "higher",
        method: "Difference of the output currents at half the supply with the reference and with twice it, over the reference.",
      },
      {
        name: "outputVoltage",
        title: "Output resistance times output current",
        unit: "V",
        better: "higher",
        method: "Output current at half the supply over its slope within a tenth of the supply to either side.",
      },
      {
        name: "headroom",
        title: "Headroom",
        unit: "V",
        better: "lower",
        method: "Least distance of the output from its rail at which 90 % of the current at half the supply flows.",
      },
    ],
    measure: (results) => measureMirror(results, options),
    figureOfMerit: {
      name: "Rout Iout / headroom",
      formula: "output resistance [ohm] * output current [A] / headroom [V]",
      unit: "1",
      source:
        "Output resistance and minimum output voltage judge a mirror in Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, ch. 4",
      better: "higher",
      evaluate: ({ outputVoltage, headroom }) =>
        outputVoltage === undefined || headroom === undefined || !(headroom > 0) ? Number.NaN : outputVoltage / headroom,
    },
    minimumFunction: {
      description:
        "It copies: the output follows the reference by a factor of 1/2 to 2 and is stiffer than 2 V of Early voltage.",
      constraints: [
        { measurement: "copies", atLeast: 0.5, atMost: 2 },
        { measurement: "outputVoltage", atLeast: 2 },
      ],
    },
    specification: {
      description: "A copy within a tenth, 20 V of Early voltage, 0.5 V of headroom.",
      constraints: [
        { measurement: "copies", atLeast: 0.9, atMost: 1.1 },
        { measurement: "outputVoltage", atLeast: 20 },
        { measurement: "headroom", atMost: 0.5 },
      ],
    },
  };
}

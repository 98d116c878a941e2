import { API_VERSION, Circuit, definePlugin, GROUND, provide } from "@topogenie/core";
import { z } from "zod";

/** Low-pass ladders between equal resistors, for a simulator that knows only linear elements. */
const ladders = ["RC", "RCRC", "RCRCRC", "LC", "LCL", "CLC", "LCLC", "CLCLC"];
const types = { R: "resistor", L: "inductor", C: "capacitor" };

function* seeds() {
  for (const ladder of ladders) {
    let net = "VIN1";
    const devices = [...ladder].map((kind, index) => {
      const series = kind !== "C";
      const last = ![...ladder].slice(index + 1).some((other) => other !== "C");
      const next = series ? (last ? "VOUT1" : `n${index}`) : "VSS";
      const nets = [net, next];
      if (series) net = next;
      return { name: `${kind}${index + 1}`, type: types[kind], nets };
    });
    yield {
      circuit: new Circuit({ name: `ladder-${ladder.toLowerCase()}`, devices, ports: ["VSS", "VIN1", "VOUT1"] }),
      title: `${ladder} low-pass ladder`,
      citation: "Zverev, Handbook of Filter Synthesis, ch. 2",
    };
  }
}

const family = {
  name: "passive-filter",
  title: "Passive low-pass filter",
  conditions: "Between a source and a load of 1 kOhm, 27 degrees Celsius.",
  ports: [
    { kind: "VSS", minimum: 1, maximum: 1, title: "Ground" },
    { kind: "VIN", minimum: 1, maximum: 1, title: "Input" },
    { kind: "VOUT", minimum: 1, maximum: 1, title: "Output" },
  ],
  rules: [],
  seeds,
  testbenches: (dut) => [
    {
      name: "transfer",
      deck: {
        title: `filter ${dut.circuit.name}`,
        elements: [
          ...dut.elements,
          { kind: "voltage", name: "source", nodes: ["emf", GROUND], values: { dc: 0, acmag: 1 } },
          { kind: "resistor", name: "source_r", nodes: ["emf", dut.node("VIN1")], values: { r: 1e3 } },
          { kind: "resistor", name: "load", nodes: [dut.node("VOUT1"), GROUND], values: { r: 1e3 } },
        ],
        models: dut.models,
      },
      variables: [],
      analyses: [{ kind: "ac", pointsPerDecade: 10, startHz: 1e3, stopHz: 1e11 }],
      save: [dut.node("VOUT1")],
      timeoutMs: 5000,
    },
  ],
  measurements: [
    { name: "passband", title: "Gain at 1 kHz", unit: "1", better: "higher", method: "Output over source at 1 kHz." },
    { name: "stopband", title: "Gain at 10 GHz", unit: "1", better: "lower", method: "Output over source at 10 GHz." },
  ],
  measure: ({ transfer }) => {
    const ac = transfer.analyses[0];
    const [output] = Object.values(ac.vectors);
    const gain = (hz) => {
      const point = ac.x.findIndex((frequency) => frequency >= hz * 0.999);
      return Math.hypot(output.re[point], output.im[point]);
    };
    return { passband: gain(1e3), stopband: gain(1e10) };
  },
  figureOfMerit: {
    name: "rejection",
    formula: "gain at 1 kHz / gain at 10 GHz",
    unit: "1",
    source: "Zverev, Handbook of Filter Synthesis, ch. 2",
    better: "higher",
    evaluate: ({ passband, stopband }) => (passband === undefined || stopband === undefined ? Number.NaN : passband / stopband),
  },
  minimumFunction: { description: "It lets low frequencies pass.", constraints: [{ measurement: "passband", atLeast: 0.1 }] },
  specification: {
    description: "It rejects 10 GHz by a factor of ten.",
    constraints: [
      { measurement: "passband", atLeast: 0.3 },
      { measurement: "stopband", atMost: 0.03 },
    ],
  },
};

export default definePlugin({
  apiVersion: API_VERSION,
  name: "passive-filter-example",
  version: "0.1.0",
  provides: [
    provide({
      kind: "circuit-family",
      name: family.name,
      description: family.title,
      options: z.strictObject({}),
      create: () => family,
    }),
  ],
});

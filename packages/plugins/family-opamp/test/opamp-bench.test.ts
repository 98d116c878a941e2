import type { SimulationOk, Testbench } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { opampBench } from "../src/bench/opamp-bench.js";
import { opampFamily } from "../src/family.js";
import { opampOptions } from "../src/options.js";
import { dutOf } from "./circuit-of.js";

const options = opampOptions.parse({});

function sourceOf(bench: Testbench, name: string): (typeof bench.deck.elements)[number] | undefined {
  return bench.deck.elements.find((element) => element.name === name);
}

/** A five-transistor OTA whose output is on the side of the second or of the first input. */
function ota(inverting: "VIN1" | "VIN2"): Testbench {
  const [diodeGate, outputGate] = inverting === "VIN2" ? ["VIN1", "VIN2"] : ["VIN2", "VIN1"];
  return opampBench(
    dutOf("VDD VSS VIN1 VIN2 VOUT1 VB1", [
      `n X ${diodeGate} T VSS`,
      `n VOUT1 ${outputGate} T VSS`,
      "p X X VDD VDD",
      "p VOUT1 X VDD VDD",
      "n T VB1 VSS VSS",
    ]),
    options,
  );
}

describe("the op-amp bench", () => {
  it("finds the inverting input whichever it is", () => {
    expect(sourceOf(ota("VIN2"), "gain")?.values).toEqual({ gain: 1 });
    expect(sourceOf(ota("VIN1"), "gain")?.values).toEqual({ gain: -1 });
  });

  it("starts a current source's gate one threshold and a bit above its rail, and a cascode's above that", () => {
    const bench = opampBench(
      dutOf("VDD VSS VIN1 VOUT1 VB1 VB2 VB3", ["n X VIN1 VSS VSS", "n VOUT1 VB2 X VSS", "p Y VB1 VDD VDD", "p VOUT1 VB3 Y VDD"]),
      options,
    );
    const start = (name: string): number | undefined => bench.variables.find((variable) => variable.name === name)?.default;
    expect(start("VB1")).toBeCloseTo(1.2, 6);
    expect(start("VB3")).toBeCloseTo(0.9, 6);
    expect(start("VB2")).toBeGreaterThan(0.6);
  });

  it("sends bias current the way that the circuit takes it", () => {
    const lines = ["n VOUT1 VIN1 VSS VSS", "p VOUT1 G VDD VDD"];
    const into = opampBench(
      dutOf("VDD VSS VIN1 VOUT1 IB1", [...lines, "n IB1 IB1 VSS VSS", "n G IB1 VSS VSS", "p G G VDD VDD"]),
      options,
    );
    expect(sourceOf(into, "bias_ib1")?.nodes).toEqual(["vdd", "ib1"]);
    const out = opampBench(
      dutOf("VDD VSS VIN1 VOUT1 IB1", ["n VOUT1 VIN1 VSS VSS", "p VOUT1 IB1 VDD VDD", "p IB1 IB1 VDD VDD"]),
      options,
    );
    expect(sourceOf(out, "bias_ib1")?.nodes).toEqual(["ib1", "0"]);
  });

  it("puts nothing at a port that the circuit itself holds", () => {
    const bench = opampBench(
      dutOf("VDD VSS VIN1 VOUT1 VB1", ["n VOUT1 VIN1 VSS VSS", "p VOUT1 VB1 VDD VDD", "p VB1 VB1 VDD VDD", "r VB1 VSS"]),
      options,
    );
    expect(sourceOf(bench, "bias_vb1")).toBeUndefined();
  });

  it("steers a bias port where nothing else holds the common mode of two outputs", () => {
    const pair = ["n VOUT1 VIN1 T VSS", "n VOUT2 VIN2 T VSS", "n T VB2 VSS VSS"];
    const ports = "VDD VSS VIN1 VIN2 VOUT1 VOUT2";
    const open = opampBench(dutOf(`${ports} VB1 VB2`, [...pair, "p VOUT1 VB1 VDD VDD", "p VOUT2 VB1 VDD VDD"]), options);
    expect(sourceOf(open, "servo")?.nodes.slice(0, 2)).toEqual(["vb1", "tb_steered"]);
    const held = opampBench(
      dutOf(`${ports} VB2`, [...pair, "p VOUT1 G VDD VDD", "p VOUT2 G VDD VDD", "r VOUT1 G", "r VOUT2 G"]),
      options,
    );
    expect(sourceOf(held, "servo")).toBeUndefined();
  });

  it("refuses a circuit without an output, saying so", () => {
    expect(() => opampBench(dutOf("VDD VSS VIN1", ["n X VIN1 VSS VSS"]), options)).toThrow(/0 VOUT ports/);
  });
});

describe("what is measured in it", () => {
  const family = opampFamily(options);

  /** A single pole at 1 kHz behind a gain of 1000. */
  function result(sign: 1 | -1): SimulationOk {
    const x = Float64Array.from({ length: 91 }, (_, index) => 10 ** (1 + index / 10));
    const re = x.map((f) => (sign * 1000) / (1 + (f / 1e3) ** 2));
    const im = x.map((f, index) => -(re[index] ?? 0) * (f / 1e3));
    return {
      status: "ok",
      convergence: "direct",
      analyses: [
        {
          kind: "op",
          op: {
            nodes: { tb_output1: 1.5, tb_input: -2e-3 },
            branches: { supply: -100e-6, bias_vb1: -10e-6, bias_vb2: 5e-6, half: 1 },
            devices: {},
          },
        },
        { kind: "ac", x, vectors: { tb_gain: { re, im } } },
      ],
    };
  }

  it("are gain, bandwidth and margin of a known transfer function", () => {
    const measured = family.measure({ "open-loop": result(1) });
    expect(measured.gain).toBeCloseTo(60, 3);
    expect((measured.unityGainBandwidth ?? 0) / 1e6).toBeCloseTo(1, 2);
    expect(measured.phaseMargin).toBeCloseTo(90, 0);
    expect(measured.power).toBeCloseTo(1.8 * 110e-6, 12);
    expect(measured.inputOffset).toBeCloseTo(2e-3, 12);
    expect(measured.outputHeadroom).toBeCloseTo(0.3, 12);
    expect(family.figureOfMerit.evaluate(measured)).toBeCloseTo(10 / 0.198, 0);
  });

  it("leaves the gain out when the loop latched", () => {
    expect(Object.keys(family.measure({ "open-loop": result(-1) })).sort()).toEqual([
      "biasHeadroom",
      "inputOffset",
      "outputHeadroom",
      "power",
    ]);
  });

  it("draws the gain and the phase", () => {
    const [plot] =
      opampBench(dutOf("VDD VSS VIN1 VOUT1", ["n VOUT1 VIN1 VSS VSS", "r VDD VOUT1"]), options).plots?.(result(1)) ?? [];
    expect(plot?.series.map(({ unit }) => unit)).toEqual(["dB", "deg"]);
    expect(plot?.series[0]?.values[0]).toBeCloseTo(60, 3);
  });
});

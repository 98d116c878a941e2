import { Circuit, type SimulationOk } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { LARGE_WATTS, OUTPUT_NODE, SMALL_WATTS, sourceVolts } from "../src/bench/conversion-bench.js";
import { portRoles } from "../src/bench/port-roles.js";
import { measureMixer } from "../src/measure/measure-mixer.js";
import { mixerOptions } from "../src/options.js";

const options = mixerOptions.parse({});

/** What three parts of a transient give when the signal is converted with `gain`, bent by `bend`, beside a stray tone. */
function result(gain: number, bend: number, stray: number): SimulationOk {
  const f = options.intermediateHz;
  const small = sourceVolts(SMALL_WATTS, options.sourceOhms);
  const large = sourceVolts(LARGE_WATTS, options.sourceOhms);
  const x = Float64Array.from({ length: 6001 }, (_, index) => (index * 6) / f / 6000);
  const output = x.map((t) => {
    const part = Math.min(2, Math.floor((t * f) / 2));
    const drive = [small * gain, -small * gain, -large * gain * (1 - bend)][part] ?? 0;
    return drive * Math.sin(2 * Math.PI * f * t) + stray * Math.cos(2 * Math.PI * f * t) + 0.01 * Math.sin(6 * Math.PI * f * t);
  });
  return {
    status: "ok",
    convergence: "direct",
    analyses: [{ kind: "tran", x, vectors: { [OUTPUT_NODE]: output, "i(supply)": x.map(() => -1e-3) } }],
  };
}

describe("what a mixer's transient says", () => {
  it("is the gain of what follows the signal's sign, whatever else is at the intermediate frequency", () => {
    for (const stray of [0, 0.05]) {
      const values = measureMixer(result(2, 0.1, stray), options);
      expect(values.conversionGain).toBeCloseTo(20 * Math.log10(4), 1);
      expect(values.inputIntercept).toBeCloseTo(10 * Math.log10((LARGE_WATTS * 1e3) / 0.1), 0);
      expect(values.oscillatorLeakage).toBeCloseTo(0.01, 3);
      expect(values.power).toBeCloseTo(1.8e-3, 6);
    }
  });

  it("counts a stray tone alone as no conversion", () => {
    expect(measureMixer(result(0, 0, 0.5), options).conversionGain).toBeLessThan(-60);
  });
});

describe("port roles", () => {
  const roles = (ports: string): string =>
    Object.values(portRoles(new Circuit({ name: "drawn", devices: [], ports: ports.split(" ") })))
      .map((found: readonly string[]) => found.join("+"))
      .join(" ");

  it("are found under all the names that drawings use", () => {
    expect(roles("VRF1 VLO1 VLO2 VIF1 VIF2")).toBe("VRF1 VLO1+VLO2 VIF1+VIF2");
    expect(roles("VIN1 VIN2 VCLK1 VCLK2 VOUT1 VOUT2 VB1")).toBe("VIN1+VIN2 VCLK1+VCLK2 VOUT1+VOUT2");
    expect(roles("IIN1 VLO1 VLO2 VIF1 VIF2")).toBe("IIN1 VLO1+VLO2 VIF1+VIF2");
    expect(roles("VIN1 VIN2 IB1 VRF1 VRF2 VLO1 VLO2")).toBe("VIN1+VIN2 VLO1+VLO2 VRF1+VRF2");
    expect(roles("VBB1 VBB2 VLO1 VLO2 VOUT1 VOUT2")).toBe("VBB1+VBB2 VLO1+VLO2 VOUT1+VOUT2");
  });
});

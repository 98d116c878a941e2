import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analogToBiMeasures } from "../../src/evaluation/analogtobi-measures.js";
import { graphStatistics } from "../../src/evaluation/graph-statistics.js";
import { discrepancies, squaredDiscrepancy } from "../../src/evaluation/maximum-mean-discrepancy.js";
import { sizeThreshold, validityBySize } from "../../src/evaluation/size-threshold.js";
import type { EvaluatedAttempt } from "../../src/evaluation/evaluated-attempt.js";
import { arbitraryCircuit, circuit } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

const amplifier = circuit(
  ["VSS", "VDD", "VIN1", "VIN2", "VOUT1"],
  ["M1", "nmos4", "VOUT1", "VIN1", "n1", "VSS"],
  ["M2", "nmos4", "VDD", "VIN2", "n1", "VSS"],
  ["R1", "resistor", "VDD", "VOUT1"],
  ["R2", "resistor", "n1", "VSS"],
);

describe("AnalogToBi's measures", () => {
  const measures = (...attempts: Parameters<typeof analogToBiMeasures>[0]) =>
    analogToBiMeasures(attempts, [{ circuit: amplifier }], deviceTypes) as Required<ReturnType<typeof analogToBiMeasures>> & {
      novelty: { count: number };
      noveltyGivenValid: { count: number; of: number };
    };

  it("drop the numbers of devices and internal nets, and the order of a resistor's ends", () => {
    const renamed = circuit(
      amplifier.ports,
      ["X9", "resistor", "VSS", "q"],
      ["X8", "nmos4", "VDD", "VIN2", "q", "VSS"],
      ["X7", "nmos4", "VOUT1", "VIN1", "q", "VSS"],
      ["X6", "resistor", "VOUT1", "VDD"],
    );
    expect(measures({ circuit: renamed }).novelty.count).toBe(0);
  });

  it("keep ports as they are, and tell drain from source", () => {
    const swappedPorts = circuit(
      amplifier.ports,
      ...amplifier.devices.map(({ name, type, nets }) => {
        const other: Readonly<Record<string, string>> = { VIN1: "VIN2", VIN2: "VIN1" };
        return [name, type, ...nets.map((net) => other[net] ?? net)] as const;
      }),
    );
    const swappedPins = circuit(
      amplifier.ports,
      ...amplifier.devices.map(({ name, type, nets: [d = "", g = "", s = "", b = ""] }) =>
        type === "nmos4" ? ([name, type, s, g, d, b] as const) : ([name, type, d, g] as const),
      ),
    );
    expect(measures({ circuit: swappedPorts }, { circuit: swappedPins }).novelty.count).toBe(2);
  });

  it("count what does not decode as novel but not as valid, and a net with one device as invalid", () => {
    const dangling = circuit(["VSS", "VDD"], ["R1", "resistor", "VDD", "VSS"], ["R2", "resistor", "VDD", "n"]);
    const { validity, novelty, noveltyGivenValid } = measures(
      { circuit: undefined },
      { circuit: dangling },
      { circuit: amplifier },
    );
    expect(validity).toMatchObject({ count: 1, of: 3 });
    expect(novelty).toMatchObject({ count: 2, of: 3 });
    expect(noveltyGivenValid).toMatchObject({ count: 0, of: 1 });
  });
});

describe("maximum mean discrepancy", () => {
  const circuits = fc.array(
    arbitraryCircuit({ maxDevices: 8, internalNets: 4, ports: ["VSS", "VDD", "VIN1"], types: ["nmos4", "resistor"] }),
    { minLength: 2, maxLength: 8 },
  );

  it("is zero between a collection and itself, and symmetric in the kernel's terms", () => {
    fc.assert(
      fc.property(circuits, (some) => {
        const statistics = some.map(graphStatistics);
        const same = discrepancies(statistics, statistics);
        expect(Math.max(same.degree, same.clustering, same.deviceCount)).toBeLessThan(1e-12);
      }),
      { numRuns: 50 },
    );
  });

  it("is the closed form for two points: 2 - 2 k(a, b)", () => {
    const kernel = (a: number, b: number): number => Math.exp(-((a - b) ** 2) / 2);
    expect(squaredDiscrepancy([0], [1.5], kernel)).toBeCloseTo(2 - 2 * Math.exp(-(1.5 ** 2) / 2), 12);
  });

  it("sees larger circuits", () => {
    const chain = (devices: number) =>
      circuit(
        ["VSS", "VDD"],
        ...Array.from({ length: devices }, (_, index) => [`R${index}`, "resistor", `n${index}`, `n${index + 1}`] as const),
      );
    const of = (sizes: readonly number[]) => sizes.map((size) => graphStatistics(chain(size)));
    const near = discrepancies(of([5, 6, 7]), of([5, 6, 7, 8]));
    const far = discrepancies(of([20, 21, 22]), of([5, 6, 7, 8]));
    expect(far.deviceCount).toBeGreaterThan(10 * near.deviceCount);
  });

  it("takes a triangle for clustered and a chain not", () => {
    const triangle = circuit(["VSS"], ["A", "resistor", "x", "y"], ["B", "resistor", "y", "z"], ["C", "resistor", "z", "x"]);
    expect(graphStatistics(triangle).clustering.at(-1)).toBeCloseTo(1, 12);
    expect(graphStatistics(triangle).degrees).toEqual([0, 0, 1]);
  });
});

describe("the size from which on circuits are worse", () => {
  const attempt = (deviceCount: number, simulatable: boolean, index: number): EvaluatedAttempt => ({
    attempt: index,
    name: String(index),
    deviceCount,
    ...(simulatable ? {} : { failed: { rung: "structural" as const, reason: "r", message: "m" } }),
  });

  it("is found where validity breaks", () => {
    const attempts = Array.from({ length: 80 }, (_, index) => attempt(1 + (index % 40), index % 40 < 24, index));
    expect(sizeThreshold(attempts)).toMatchObject({ devices: 25, below: { count: 48, of: 48 }, fromThere: { count: 0, of: 32 } });
    expect(validityBySize(attempts).map(({ from, simulatable }) => [from, simulatable.count, simulatable.of])).toEqual([
      [0, 18, 18],
      [10, 20, 20],
      [20, 10, 20],
      [30, 0, 20],
      [40, 0, 2],
    ]);
  });

  it("is not made up where validity is the same at all sizes", () => {
    expect(
      sizeThreshold(Array.from({ length: 80 }, (_, index) => attempt(1 + (index % 40), index % 3 > 0, index))),
    ).toBeUndefined();
  });
});

import { z } from "zod";
import type { CircuitFamily, SeedTopology, Testbench } from "../../contracts/circuit-family.js";
import type { Seam } from "./seam.js";
import { expectShape, isArray, isObject, isCircuit } from "./shape.js";

const specification = z.looseObject({
  description: z.string(),
  constraints: z.array(z.looseObject({ measurement: z.string(), atLeast: z.number().optional(), atMost: z.number().optional() })),
});

const shape = z.looseObject({
  name: z.string().min(1),
  title: z.string(),
  conditions: z.string(),
  ports: z.array(z.looseObject({ kind: z.string(), minimum: z.number(), maximum: z.number() })),
  rules: z.array(z.looseObject({ name: z.string() })),
  measurements: z.array(z.looseObject({ name: z.string(), unit: z.string(), better: z.enum(["higher", "lower"]) })),
  figureOfMerit: z.looseObject({ name: z.string(), better: z.enum(["higher", "lower"]) }),
  minimumFunction: specification,
  specification,
});

const benches = z
  .array(
    z.looseObject({
      name: z.string().min(1),
      deck: z.looseObject({ elements: z.array(z.unknown()), models: z.array(z.unknown()) }),
      variables: z.array(z.unknown()),
      analyses: z.array(z.unknown()).min(1),
      save: z.array(z.string()),
      timeoutMs: z.number().positive(),
    }),
  )
  .min(1);

export function isolatedCircuitFamily(family: CircuitFamily, seam: Seam): CircuitFamily {
  expectShape(seam, "create", shape, family);
  const {
    name,
    title,
    conditions,
    ports,
    bounds,
    rules,
    measurements,
    figureOfMerit,
    minimumFunction,
    specification: spec,
  } = family;
  return {
    ...{ name, title, conditions, ports, measurements, minimumFunction, specification: spec },
    ...(bounds === undefined ? {} : { bounds }),
    rules: rules.map((rule) => ({
      name: rule.name,
      title: rule.title,
      check: (circuit, deviceTypes) => {
        const violations = seam.call(`rules.${rule.name}.check`, () => rule.check(circuit, deviceTypes));
        seam.expect(isArray(violations), `rules.${rule.name}.check`, () => "an array of violations is expected");
        return violations;
      },
    })),
    seeds: () => seedsOf(family, seam),
    testbenches: (dut) => {
      const drawn = seam.call("testbenches", () => family.testbenches(dut));
      expectShape(seam, "testbenches", benches, drawn);
      return drawn.map((bench) => isolatedBench(bench, seam));
    },
    measure: (results) => {
      const measured = seam.call("measure", () => family.measure(results));
      seam.expect(isObject(measured), "measure", () => "an object of numbers by measurement name is expected");
      for (const [measurement, value] of Object.entries(measured)) {
        seam.expect(typeof value === "number", "measure", () => `"${measurement}" is ${String(value)}, not a number`);
      }
      return measured;
    },
    figureOfMerit: {
      name: figureOfMerit.name,
      formula: figureOfMerit.formula,
      unit: figureOfMerit.unit,
      source: figureOfMerit.source,
      better: figureOfMerit.better,
      evaluate: (measured) => {
        const value = seam.call("figureOfMerit.evaluate", () => figureOfMerit.evaluate(measured));
        seam.expect(typeof value === "number", "figureOfMerit.evaluate", () => `${String(value)} is not a number`);
        return value;
      },
    },
  };
}

function* seedsOf(family: CircuitFamily, seam: Seam): Generator<SeedTopology> {
  const seeds = seam.call("seeds", () => family.seeds()[Symbol.iterator]());
  for (;;) {
    const next = seam.call("seeds", () => seeds.next());
    if (next.done === true) return;
    const { value } = next;
    seam.expect(isObject(value) && isCircuit(value.circuit), "seeds", () => "a seed without a Circuit of @topogenie/core");
    yield value;
  }
}

function isolatedBench(bench: Testbench, seam: Seam): Testbench {
  if (bench.plots === undefined) return bench;
  return { ...bench, plots: (result) => seam.call("plots", () => bench.plots?.(result) ?? []) };
}

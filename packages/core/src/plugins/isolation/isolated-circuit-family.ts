import { z } from "zod";
import type { ElectricalRule } from "../../circuit/rules/rule.js";
import type { CircuitFamily, FigureOfMerit, SeedTopology, Testbench } from "../../contracts/circuit-family.js";
import { guarded } from "./guarded.js";
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
  return guarded<CircuitFamily>({
    ...{ name, title, conditions, ports, bounds, measurements, minimumFunction, specification: spec },
    rules: rules.map((rule) => isolatedRule(rule, seam)),
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
    figureOfMerit: isolatedFigureOfMerit(figureOfMerit, seam),
  });
}

function isolatedRule(rule: ElectricalRule, seam: Seam): ElectricalRule {
  const { name, title } = rule;
  const method = `rules.${name}.check`;
  return guarded<ElectricalRule>({
    name,
    title,
    check: (circuit, deviceTypes) => {
      const violations = seam.call(method, () => rule.check(circuit, deviceTypes));
      seam.expect(isArray(violations), method, () => "an array of violations is expected");
      return violations;
    },
  });
}

function isolatedFigureOfMerit(figure: FigureOfMerit, seam: Seam): FigureOfMerit {
  const { name, formula, unit, source, better } = figure;
  return guarded<FigureOfMerit>({
    ...{ name, formula, unit, source, better },
    evaluate: (measured) => {
      const value = seam.call("figureOfMerit.evaluate", () => figure.evaluate(measured));
      seam.expect(typeof value === "number", "figureOfMerit.evaluate", () => `${String(value)} is not a number`);
      return value;
    },
  });
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
  const { name, deck, variables, analyses, save, timeoutMs } = bench;
  return guarded<Testbench>({
    ...{ name, deck, variables, analyses, save, timeoutMs },
    plots: bench.plots === undefined ? undefined : (result) => seam.call("plots", () => bench.plots?.(result) ?? []),
  });
}

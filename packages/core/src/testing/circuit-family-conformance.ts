import { canonicalForm } from "../circuit/canonical/canonical-form.js";
import { portKind } from "../circuit/ports.js";
import type { CircuitFamily, SeedTopology, Specification, Testbench } from "../contracts/circuit-family.js";
import type { DeviceType } from "../contracts/device-type.js";
import { circuitElements, elementValues } from "../spice/device-under-test.js";
import { checkDeck } from "../spice/check-deck.js";
import { promise, type ConformanceCheck } from "./conformance-check.js";

/** Benches are drawn for every seed of a small family, and for about this many spread over a large one. */
const BENCHED_SEEDS = 200;

/** What every circuit family promises, for a plugin's own tests. Nothing is simulated. */
export function circuitFamilyConformance(
  family: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly ConformanceCheck[] {
  const check = (name: string, run: () => void): ConformanceCheck => ({ name: `${family.name}: ${name}`, run });
  return [
    check("says what it is and under which conditions its figures hold", () => checkWords(family)),
    check("has port requirements that can be met", () => checkPorts(family)),
    check("has rules and measurements that are told apart", () => checkNames(family)),
    check("speaks in specifications only of what it measures", () => checkSpecifications(family)),
    check("gives the same seeds in the same order at every call", () => checkRepeatable(family)),
    check("has seeds with a title and a citation, no two of one topology", () => checkSeeds(family, deviceTypes)),
    check("has seeds that meet its own ports and rules", () => checkOwnRules(family, deviceTypes)),
    check("writes sound benches, the same ones every time", () => checkBenches(family, deviceTypes)),
    check("has a figure of merit that is NaN when nothing was measured", () =>
      promise(Number.isNaN(family.figureOfMerit.evaluate({})), "figureOfMerit.evaluate({}) must be NaN"),
    ),
  ];
}

function checkWords(family: CircuitFamily): void {
  promise(/^[a-z][a-z0-9-]*$/.test(family.name), `name "${family.name}" must be lower case letters, digits and hyphens`);
  for (const [what, text] of [
    ["title", family.title],
    ["conditions", family.conditions],
    ["figureOfMerit.formula", family.figureOfMerit.formula],
    ["figureOfMerit.source", family.figureOfMerit.source],
    ["minimumFunction.description", family.minimumFunction.description],
    ["specification.description", family.specification.description],
    ...family.measurements.map(({ name, method }) => [`measurement "${name}": method`, method] as const),
  ] as const) {
    promise(text.trim() !== "", `${what} is empty`);
  }
}

function checkPorts(family: CircuitFamily): void {
  refuseRepeats(
    "port kind",
    family.ports.map(({ kind }) => kind),
  );
  for (const { kind, minimum, maximum } of family.ports) {
    promise(portKind(kind) === kind, `port kind "${kind}" must not end in a number`);
    promise(
      Number.isInteger(minimum) && Number.isInteger(maximum) && 0 <= minimum && minimum <= maximum && maximum > 0,
      `port kind "${kind}": no whole number of ports lies between ${minimum} and ${maximum}`,
    );
  }
}

function checkNames(family: CircuitFamily): void {
  refuseRepeats(
    "rule",
    family.rules.map(({ name }) => name),
  );
  refuseRepeats(
    "measurement",
    family.measurements.map(({ name }) => name),
  );
  for (const { name } of family.rules) {
    promise(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name), `rule name "${name}" must be kebab-case`);
  }
}

function checkSpecifications(family: CircuitFamily): void {
  const known = new Set(family.measurements.map(({ name }) => name));
  const both: readonly (readonly [string, Specification])[] = [
    ["minimumFunction", family.minimumFunction],
    ["specification", family.specification],
  ];
  for (const [what, { constraints }] of both) {
    promise(constraints.length > 0, `${what} has no constraints`);
    for (const { measurement, atLeast, atMost } of constraints) {
      promise(known.has(measurement), `${what}: there is no measurement "${measurement}"`);
      const bounds = [atLeast, atMost].filter((bound) => bound !== undefined);
      promise(bounds.length > 0 && bounds.every(Number.isFinite), `${what}: "${measurement}" needs a finite bound`);
    }
  }
}

function checkRepeatable(family: CircuitFamily): void {
  const [first, second] = [[...family.seeds()], [...family.seeds()]].map((seeds) => seeds.map((seed) => JSON.stringify(seed)));
  promise(first !== undefined && first.length > 0, "there are no seeds");
  const differing = first.findIndex((seed, index) => seed !== second?.[index]);
  promise(differing < 0 && first.length === second?.length, `seed ${differing + 1} differs between two calls`);
}

function checkSeeds(family: CircuitFamily, deviceTypes: ReadonlyMap<string, DeviceType>): void {
  const names = new Set<string>();
  const forms = new Map<string, string>();
  for (const { circuit, title, citation } of family.seeds()) {
    promise(title.trim() !== "" && citation.trim() !== "", `seed "${circuit.name}" lacks a title or a citation`);
    promise(!names.has(circuit.name), `two seeds are named "${circuit.name}"`);
    names.add(circuit.name);
    const form = canonicalForm(circuit, deviceTypes);
    const twin = forms.get(form);
    promise(twin === undefined, `seeds "${twin ?? ""}" and "${circuit.name}" are one topology`);
    forms.set(form, circuit.name);
  }
}

function checkOwnRules(family: CircuitFamily, deviceTypes: ReadonlyMap<string, DeviceType>): void {
  for (const { circuit } of family.seeds()) {
    const kinds = circuit.ports.map(portKind);
    for (const { kind, minimum, maximum } of family.ports) {
      const count = kinds.filter((other) => other === kind).length;
      promise(minimum <= count && count <= maximum, `seed "${circuit.name}" has ${count} ports of kind ${kind}`);
    }
    const strange = kinds.find((kind) => !family.ports.some((port) => port.kind === kind));
    promise(strange === undefined, `seed "${circuit.name}" has a port of kind ${strange ?? ""}, which the family does not know`);
    for (const rule of family.rules) {
      const [violation] = rule.check(circuit, deviceTypes);
      promise(violation === undefined, `seed "${circuit.name}" breaks rule "${rule.name}": ${violation?.message ?? ""}`);
    }
  }
}

function checkBenches(family: CircuitFamily, deviceTypes: ReadonlyMap<string, DeviceType>): void {
  const seeds = [...family.seeds()];
  const stride = Math.max(1, Math.floor(seeds.length / BENCHED_SEEDS));
  for (const [index, { circuit }] of seeds.entries()) {
    if (index % stride !== 0) continue;
    const dut = circuitElements(circuit, deviceTypes);
    const benches = family.testbenches(dut);
    promise(benches.length > 0, `seed "${circuit.name}" has no benches`);
    refuseRepeats(
      "bench",
      benches.map(({ name }) => name),
    );
    for (const bench of benches) checkBench(bench, circuit.name);
    promise(
      JSON.stringify(family.testbenches(dut)) === JSON.stringify(benches),
      `seed "${circuit.name}": its benches differ between two calls`,
    );
  }
}

function checkBench(bench: Testbench, seed: SeedTopology["circuit"]["name"]): void {
  const where = `seed "${seed}", bench "${bench.name}"`;
  checkDeck(bench.deck);
  promise(bench.analyses.length > 0, `${where}: nothing is analysed`);
  promise(bench.timeoutMs > 0, `${where}: timeoutMs must be above zero`);
  const nodes = new Set(bench.deck.elements.flatMap((element) => element.nodes));
  for (const saved of bench.save) {
    promise(/^i\(.+\)$/.test(saved) || nodes.has(saved), `${where}: saves "${saved}", which is no node`);
  }
  const values = elementValues(bench.deck.elements);
  refuseRepeats(
    `${where}: variable`,
    bench.variables.map(({ name }) => name),
  );
  for (const { name, minimum, maximum, default: start, scale, sets } of bench.variables) {
    promise(minimum <= start && start <= maximum, `${where}: variable "${name}" starts at ${start}, outside its bounds`);
    promise(scale === "linear" || minimum > 0, `${where}: variable "${name}" has a logarithmic scale from ${minimum}`);
    promise(sets.length > 0, `${where}: variable "${name}" sets nothing`);
    for (const key of sets) {
      promise(values[key] === start, `${where}: variable "${name}" sets "${key}", which the deck does not hold at its default`);
    }
  }
}

function refuseRepeats(what: string, names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  promise(repeated === undefined, `${what} "${repeated ?? ""}" is there twice`);
}

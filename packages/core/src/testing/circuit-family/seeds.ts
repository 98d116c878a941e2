import { canonicalForm } from "../../circuit/canonical/canonical-form.js";
import { portKind } from "../../circuit/ports.js";
import type { CircuitFamily, SeedTopology } from "../../contracts/circuit-family.js";
import type { DeviceType } from "../../contracts/device-type.js";
import { missingPort } from "../../sizing/missing-port.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import type { DrawnSeeds } from "./drawn-seeds.js";

/** The topologies that it comes with. */
export function seeds(
  family: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  drawn: DrawnSeeds,
): readonly BehaviourCheck[] {
  return [
    { name: "gives the same seeds in the same order at every call", run: () => checkRepeatable(family, drawn()) },
    { name: "has seeds with a title and a citation, no two of one topology", run: () => checkSeeds(drawn(), deviceTypes) },
    { name: "has seeds that meet its own ports and rules", run: () => checkOwnRules(family, drawn(), deviceTypes) },
  ];
}

function checkRepeatable(family: CircuitFamily, drawn: readonly SeedTopology[]): void {
  const [first, second] = [drawn, [...family.seeds()]].map((seeds) => seeds.map((seed) => JSON.stringify(seed)));
  promise(first !== undefined && first.length > 0, "there are no seeds");
  const differing = first.findIndex((seed, index) => seed !== second?.[index]);
  promise(differing < 0 && first.length === second?.length, `seed ${differing + 1} differs between two calls`);
}

function checkSeeds(drawn: readonly SeedTopology[], deviceTypes: ReadonlyMap<string, DeviceType>): void {
  const names = new Set<string>();
  const forms = new Map<string, string>();
  for (const { circuit, title, citation } of drawn) {
    promise(title.trim() !== "" && citation.trim() !== "", `seed "${circuit.name}" lacks a title or a citation`);
    promise(!names.has(circuit.name), `two seeds are named "${circuit.name}"`);
    names.add(circuit.name);
    const form = canonicalForm(circuit, deviceTypes);
    const twin = forms.get(form);
    promise(twin === undefined, `seeds "${twin ?? ""}" and "${circuit.name}" are one topology`);
    forms.set(form, circuit.name);
  }
}

function checkOwnRules(
  family: CircuitFamily,
  drawn: readonly SeedTopology[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): void {
  for (const { circuit } of drawn) {
    const kinds = circuit.ports.map(portKind);
    const lacks = missingPort(circuit, family);
    promise(lacks === undefined, `seed "${circuit.name}" ${lacks ?? ""}`);
    const strange = kinds.find((kind) => !family.ports.some((port) => port.kind === kind));
    promise(strange === undefined, `seed "${circuit.name}" has a port of kind ${strange ?? ""}, which the family does not know`);
    for (const rule of family.rules) {
      const [violation] = rule.check(circuit, deviceTypes);
      promise(violation === undefined, `seed "${circuit.name}" breaks rule "${rule.name}": ${violation?.message ?? ""}`);
    }
  }
}

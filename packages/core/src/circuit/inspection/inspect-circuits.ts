import type { DeviceType } from "../../contracts/device-type.js";
import { canonicalHash } from "../canonical/canonical-form.js";
import type { Circuit } from "../circuit.js";
import { checkRules, electricalRules } from "../rules/electrical-rules.js";
import { CircuitClassifier } from "../similarity/circuit-classifier.js";
import { bulkSuspicions } from "./bulk-suspicions.js";
import { labelSuspicions } from "./label-suspicions.js";
import type { Inspection, LabelledCircuit, RuleFailures } from "./inspection.js";

/**
 * Looks through a collection for what spoils a corpus: copies of one topology, circuits that break electrical rules, and
 * what is probably a mistake although no rule forbids it. Labels, where there are any, are compared with structure.
 */
export function inspectCircuits(
  circuits: readonly LabelledCircuit[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
  signal?: AbortSignal,
): Inspection {
  const topologies = new Map<string, LabelledCircuit[]>();
  const failures = new Map(electricalRules.map(({ name, title }) => [name, { rule: name, title, circuits: [] as Failure[] }]));
  let sound = 0;
  const writable: LabelledCircuit[] = [];
  for (const labelled of circuits) {
    signal?.throwIfAborted();
    const { circuit } = labelled;
    const violations = checkRules(circuit, deviceTypes);
    if (violations.length === 0) sound += 1;
    for (const { rule, message } of firstOfEachRule(violations)) failures.get(rule)?.circuits.push({ circuit, message });
    // A device without all its nets has no canonical form; its rule has said so.
    if (violations.some(({ rule }) => rule === "complete-devices")) continue;
    writable.push(labelled);
    const id = canonicalHash(circuit, deviceTypes);
    const alike = topologies.get(id);
    if (alike === undefined) topologies.set(id, [labelled]);
    else alike.push(labelled);
  }
  const bulks = writable.flatMap(({ circuit }) => bulkSuspicions(circuit, deviceTypes));
  const labels = labelSuspicions([...topologies.values()], classifierOf(writable, deviceTypes), signal);
  return {
    circuits: circuits.length,
    topologies: topologies.size,
    labels: countLabels(circuits),
    duplicates: [...topologies.values()]
      .filter((alike) => alike.length > 1)
      .map((alike) => alike.map(({ circuit }) => circuit.name)),
    sound,
    rules: [...failures.values()].map(summarise),
    suspicions: [...labels, ...bulks],
  };
}

interface Failure {
  readonly circuit: Circuit;
  readonly message: string;
}

const EXAMPLES = 3;

function summarise({ rule, title, circuits }: { rule: string; title: string; circuits: readonly Failure[] }): RuleFailures {
  return {
    rule,
    title,
    circuits: circuits.map(({ circuit }) => circuit.name),
    examples: circuits.slice(0, EXAMPLES).map(({ circuit, message }) => ({ circuit: circuit.name, message })),
  };
}

function firstOfEachRule<T extends { readonly rule: string }>(violations: readonly T[]): T[] {
  return violations.filter(({ rule }, index) => violations.findIndex((other) => other.rule === rule) === index);
}

function classifierOf(circuits: readonly LabelledCircuit[], deviceTypes: ReadonlyMap<string, DeviceType>): CircuitClassifier {
  const classifier = new CircuitClassifier(deviceTypes);
  for (const { circuit, label } of circuits) if (label !== undefined) classifier.learn(label, circuit);
  return classifier;
}

function countLabels(circuits: readonly LabelledCircuit[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { label = "unlabelled" } of circuits) counts[label] = (counts[label] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([, one], [, other]) => other - one));
}

import type { CircuitClassifier } from "../similarity/circuit-classifier.js";
import type { LabelledCircuit, Suspicion } from "./inspection.js";

/** Of the votes of the most alike circuits, how many must be for another label. */
const SURE = 0.95;

/**
 * Copies of one topology under different labels, and circuits whose most alike circuits all bear another label than theirs; copies first.
 * @param topologies the circuits of each topology
 */
export function labelSuspicions(
  topologies: readonly (readonly LabelledCircuit[])[],
  classifier: CircuitClassifier,
  signal?: AbortSignal,
): Suspicion[] {
  const found = topologies.flatMap((alike): Suspicion[] => {
    signal?.throwIfAborted();
    const names = new Set(alike.map(({ circuit }) => circuit.name));
    const [first] = alike;
    if (first === undefined) return [];
    const labels = new Set(alike.flatMap(({ label }) => label ?? []));
    if (labels.size > 1) {
      const told = alike.map(({ circuit, label }) => `${circuit.name} (${label ?? "unlabelled"})`).join(", ");
      return [
        {
          circuit: first.circuit.name,
          kind: "copy-with-another-label",
          message: `One topology under different labels: ${told}.`,
        },
      ];
    }
    const [label] = labels;
    const verdict = label === undefined ? undefined : classifier.classify(first.circuit, names);
    if (verdict === undefined || verdict.label === label || verdict.confidence < SURE) return [];
    const like = verdict.voters.map(({ circuit }) => circuit).join(", ");
    const message = `Labelled ${label ?? ""}, but most like ${like}, which are labelled ${verdict.label}.`;
    return [{ circuit: first.circuit.name, kind: "label", message }];
  });
  return found.sort((one, other) => Number(other.kind !== "label") - Number(one.kind !== "label"));
}

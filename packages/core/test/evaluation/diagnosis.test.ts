import { describe, expect, it } from "vitest";
import { CircuitIndex } from "../../src/circuit/similarity/index.js";
import { diagnose } from "../../src/evaluation/diagnosis.js";
import type { EvaluatedAttempt } from "../../src/evaluation/evaluated-attempt.js";
import { circuit } from "../fixtures/circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

describe("the diagnosis of a generator that repeats its corpus", () => {
  const divider = circuit(["VSS", "VOUT1", "VDD"], ["R1", "resistor", "VDD", "VOUT1"], ["R2", "resistor", "VOUT1", "VSS"]);
  const repeated: EvaluatedAttempt[] = [1, 2, 3].map((attempt) => ({
    attempt,
    name: `attempt ${attempt}`,
    id: "divider",
    circuit: divider,
    failed: { rung: "novel", reason: "known", message: "a circuit of the corpus" },
  }));
  const finding = (isTrainedOn: boolean) =>
    diagnose(
      repeated,
      {
        name: "corpus",
        isTrainedOn,
        circuits: [{ id: "divider", circuit: divider, source: "test" }],
        ids: new Set(["divider"]),
        heldOut: [],
        index: new CircuitIndex<string>(deviceTypes),
        classifier: undefined,
      },
      deviceTypes,
    ).find(({ signature }) => signature === "memorised");

  it("tells a model that was trained on it how to be trained", () => {
    expect(finding(true)?.text).toContain("Train for fewer steps");
  });

  it("does not speak of training where nothing was trained", () => {
    expect(finding(false)?.text).toContain("3 repeat a training circuit");
    expect(finding(false)?.text).not.toContain("Train for fewer steps");
  });
});

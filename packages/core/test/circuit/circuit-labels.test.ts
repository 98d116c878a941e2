import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Circuit } from "../../src/circuit/circuit.js";
import { CircuitLabels } from "../../src/circuit/import/circuit-labels.js";

async function labelsFrom(text: string): Promise<CircuitLabels> {
  const file = join(await mkdtemp(join(tmpdir(), "topogenie-labels-")), "labels.yaml");
  await writeFile(file, text);
  return CircuitLabels.read(file);
}

const named = (name: string, ...ports: string[]): Circuit => new Circuit({ name, devices: [], ports: ["VSS", ...ports] });

const text = `
labels:
  - { label: mixer, circuits: [494-520], ports: [VLO], without: [VCLK] }
  - { label: lna, circuits: [461-520, 7] }
`;

describe("circuit labels", () => {
  it("give the first entry that fits number and ports", async () => {
    const labels = await labelsFrom(text);
    expect(labels.labelOf(named("495", "VLO1"))).toBe("mixer");
    expect(labels.labelOf(named("495", "VLO1", "VCLK2"))).toBe("lna");
    expect(labels.labelOf(named("495", "VIN1"))).toBe("lna");
    expect(labels.labelOf(named("7"))).toBe("lna");
  });

  it("leave unlabelled what no entry covers, and circuits without a number", async () => {
    const labels = await labelsFrom(text);
    expect(labels.labelOf(named("8"))).toBeUndefined();
    expect(labels.labelOf(named("ota", "VLO1"))).toBeUndefined();
  });

  it.each([
    ["labels: [{ label: lna, circuits: [1 to 5] }]", /labels\.0\.circuits\.0: .*range such as 461-492/],
    ["labels: [{ label: lna, circuit: [1] }]", /unknown key\. Did you mean "circuits"\?/],
    ["labels: [", /not valid YAML/],
    ["", /not a labels file/],
  ])("refuse %j, saying what is wrong where", async (wrong, message) => {
    await expect(labelsFrom(wrong)).rejects.toThrow(message);
  });

  it("refuse a file that is not there", async () => {
    await expect(CircuitLabels.read("nowhere.yaml")).rejects.toThrow(/LABELS_UNREADABLE|nowhere\.yaml/);
  });
});

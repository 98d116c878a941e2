import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EvaluatedAttempt, EvaluationSummary } from "@topogenie/core";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

/** A common-source stage as AnalogGenie writes it. */
const stage =
  "VSS->NM1_S->NM1->NM1_D->VOUT1->R1_P->R1->R1_N->VDD->R1_N->R1->R1_P->VOUT1->NM1_D->NM1->NM1_G->VIN1->NM1_G->NM1->NM1_B->VSS->NM1_B->NM1->NM1_S->VSS";
/** The same as AnalogToBi writes it. */
const sameStage =
  "CIRCUIT_Opamp->VSS->M_BS->NM4->M_D->VOUT1->R_C->R2->R_C->VDD->R_C->R2->R_C->VOUT1->M_D->NM4->M_G->VIN1->M_G->NM4->M_BS->VSS";
const texts = {
  "run0.txt": `CIRCUIT_Opamp->${stage}->TRUNCATE->TRUNCATE->`,
  "run1.txt": `${sameStage}->TRUNCATE`,
  "run2.txt": stage,
  "run3.txt": "CIRCUIT_LDO->VSS->M_BS->NM1->M_D->NET1->M_D->NM1->M_G->VDD->R_C->R1->R_C->VSS->TRUNCATE",
  "run4.txt": "VSS->R1_P->R1->R1_N->VOUT1->R1_N->R1->R1_P->VSS->TRUNCATE",
};
/** What a generator would have to have seen to know the stage. */
const corpus = {
  id: "x",
  source: "test",
  family: "opamp",
  circuit: {
    name: "stage",
    ports: ["VSS", "VDD", "VIN1", "VOUT1"],
    devices: [
      { name: "A", type: "nmos4", nets: ["VSS", "VIN1", "VOUT1", "VSS"], values: {} },
      { name: "B", type: "resistor", nets: ["VDD", "VOUT1"], values: {} },
    ],
  },
};

let folder = "";
beforeAll(async () => {
  folder = await emptyFolder({ "corpus.jsonl": `${JSON.stringify(corpus)}\n` });
  await mkdir(join(folder, "samples"));
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, "samples", name), text);
});

const passed = ({ ladder }: EvaluationSummary): Record<string, number> =>
  Object.fromEntries(ladder.rungs.map(({ name, passed: count }) => [name, count]));

async function attemptsOf(tag: string): Promise<EvaluatedAttempt[]> {
  const lines = (await readFile(join(folder, "runs", tag, "attempts.jsonl"), "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as EvaluatedAttempt);
}

describe("evaluate", () => {
  it("judges token files of both forms: every attempt stays in the denominator, with its reason", async () => {
    const { code, stdout, stderr } = await run(
      folder,
      "--json",
      "evaluate",
      "samples",
      "--simulations",
      "8",
      "--workers",
      "2",
      "--set",
      "sizing.batch=8",
    );
    expect(stderr).not.toContain("error");
    expect(code).toBe(0);
    const summary = JSON.parse(stdout) as EvaluationSummary;
    expect(summary.ladder.attempts).toBe(5);
    // Novelty is not judged without training circuits, and so is no rung.
    expect(passed(summary)).toMatchObject({ decoded: 4, structural: 3, simulatable: 3, unique: 2 });
    expect(passed(summary)).not.toHaveProperty("novel");
    const attempts = await attemptsOf("evaluate-samples");
    // The first is asked for as an op-amp, and is the only one that is put on a bench.
    expect(attempts.map(({ best }) => best?.simulations)).toEqual([8, undefined, undefined, undefined, undefined]);
    expect(attempts.map(({ name, failed }) => [name, failed?.rung, failed?.reason]).slice(1)).toEqual([
      ["run1.txt", "unique", "repeats an earlier attempt"],
      ["run2.txt", "decoded", "did not end"],
      ["run3.txt", "structural", "no-dangling-net"],
      ["run4.txt", "functional", "of no known family"],
    ]);
    expect(summary.families.map(({ family, ladder }) => [family, ladder.attempts])).toContainEqual(["ldo", 1]);
    expect(summary.analogToBi.validity).toMatchObject({ count: 3, of: 5 });
  });

  it("finds what a training corpus holds, by another name and in another form, and says that it is memorised", async () => {
    const { code, stdout } = await run(
      folder,
      "evaluate",
      "samples",
      "--tag",
      "known",
      "--corpus",
      "corpus.jsonl",
      "--simulations",
      "0",
    );
    expect(code).toBe(0);
    expect(stdout).toContain("memorised: ");
    // Drain and source are drawn the other way round: AnalogToBi's measure takes that for a novel circuit.
    expect(stdout).toMatch(/novelty given valid +3 of 3/);
    const attempts = await attemptsOf("known");
    expect(attempts[0]?.failed).toMatchObject({ rung: "novel" });
    expect(attempts[0]?.nearest).toEqual({ circuit: "stage", distance: 0 });
    const report = await readFile(join(folder, "runs/known/report.html"), "utf8");
    expect(report).toContain("training circuit stage: written 2 times");
    expect(report).toContain("<svg");
  });

  it("goes on after it was stopped as if it had not been, and keeps out of a used folder", async () => {
    const files = ["evaluation.json", "attempts.jsonl", "report.html"];
    const path = join(folder, "runs/evaluate-samples");
    const before = await Promise.all(files.map((file) => readFile(join(path, file), "utf8")));
    const again = await run(folder, "evaluate", "samples", "--simulations", "8", "--set", "sizing.batch=8");
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("RUN_EXISTS");
    // The log of sizings was cut in the middle of a line; the results are gone.
    const log = (await readdir(path)).find((name) => /^sizings-.*\.log$/.test(name)) ?? "";
    await writeFile(join(path, log), (await readFile(join(path, log), "utf8")).slice(0, 20));
    for (const file of files) await rm(join(path, file));
    const options = ["--simulations", "8", "--set", "sizing.batch=8", "--workers", "1", "--resume"];
    expect((await run(folder, "evaluate", "samples", ...options)).code).toBe(0);
    expect(await Promise.all(files.map((file) => readFile(join(path, file), "utf8")))).toEqual(before);
  });

  it.each([
    [["nothing"], "SET_NOT_FOUND"],
    [["samples", "--family", "opmp"], 'Did you mean "opamp"'],
    [["samples", "--corpus", "nothing.jsonl"], "CORPUS_NOT_FOUND"],
  ])("refuses %s", async (args, message) => {
    const { code, stderr } = await run(folder, "evaluate", ...args, "--tag", "refused");
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

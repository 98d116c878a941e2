import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

describe("the command line", () => {
  it("shows examples and exit codes in --help", async () => {
    const { code, stdout } = await run(await emptyFolder(), "--help");
    expect(code).toBe(0);
    for (const command of [
      "init",
      "plugins",
      "corpus",
      "encode",
      "train",
      "generate",
      "verify",
      "size",
      "discover",
      "report",
      "evaluate",
      "finetune",
      "doctor",
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, "m"));
    }
    expect(stdout).toContain("Examples:");
    expect(stdout).toContain("Exit codes:");
  });

  it.each(["discover", "train", "finetune", "init", "plugins", "doctor", "config-schema"])(
    "gives an example for %s",
    async (command) => {
      expect((await run(await emptyFolder(), command, "--help")).stdout).toMatch(/Examples?:/);
    },
  );

  it("says how to begin where there is no config, without a stack trace", async () => {
    const { code, stderr } = await run(await emptyFolder(), "discover");
    expect(code).toBe(2);
    expect(stderr).toContain("This folder has no topogenie.config.yaml. Write one with: topogenie init");
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("gives errors to machines as JSON", async () => {
    const { code, stdout } = await run(await emptyFolder({ "topogenie.config.yaml": "sead: 1" }), "discover", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: "CONFIG_INVALID", message: expect.stringContaining('Did you mean "seed"?') as string },
    });
  });

  it("says by what command to make what a stage needs first, and that does it", async () => {
    const folder = await emptyFolder({
      "topogenie.config.yaml": "{ corpus: { families: [opamp], maximumDevices: 6 }, sizing: { family: opamp } }",
    });
    const { code, stderr } = await run(folder, "encode");
    expect(code).not.toBe(0);
    const advice = /Run it first: topogenie (.*)/.exec(stderr)?.[1]?.trim();
    expect(advice).toBe("discover --only corpus");
    expect((await run(folder, ...(advice ?? "").split(" "))).code).toBe(0);
    expect((await run(folder, "encode")).code).toBe(0);
  });

  it("refuses an unknown command and names the nearest", async () => {
    const { code, stderr } = await run(await emptyFolder(), "discovr");
    expect(code).toBe(2);
    expect(stderr).toContain("Did you mean discover?");
  });

  it("refuses a broken --set", async () => {
    const { code, stderr } = await run(await emptyFolder(), "discover", "--set", "seed");
    expect(code).toBe(2);
    expect(stderr).toContain("expected key.path=value");
  });

  it("names an unknown plugin thing before any work is done", async () => {
    const folder = await emptyFolder({ "topogenie.config.yaml": "sizing: { optimizer: gaa }" });
    const { code, stderr } = await run(folder, "discover");
    expect(code).toBe(2);
    expect(stderr).toContain('sizing.optimizer: there is no sizing-optimizer named "gaa". Did you mean "ga"?');
    expect(stderr).not.toContain("Gather circuits");
  });

  it("says that a runs folder cannot be written", async () => {
    const folder = await emptyFolder({ "topogenie.config.yaml": "", runs: "a file where the folder should be" });
    const { code, stderr } = await run(folder, "discover");
    expect(code).toBe(2);
    expect(stderr).toContain("RUN_UNWRITABLE");
  });

  it("init writes a config that is valid, and never over one that is there", async () => {
    const folder = await emptyFolder();
    for (const option of [[], ["--typescript"]]) {
      expect((await run(folder, "init", ...option)).code).toBe(0);
      expect((await run(folder, "init", ...option)).stderr).toContain("CONFIG_EXISTS");
    }
    const listed = await run(folder, "plugins", "topogenie.config.yaml", "--json");
    expect(listed.code).toBe(0);
    expect(JSON.parse(listed.stdout)).toContainEqual(expect.objectContaining({ kind: "simulator", name: "ngspice" }));
  });

  it("doctor says of a model backend that is not installed how to install it", async () => {
    const { stdout } = await run(await emptyFolder(), "doctor", "--json");
    const checks = JSON.parse(stdout) as { name: string; status: string; found: string; remedy?: string }[];
    for (const library of ["tfjs-node", "tfjs-node-gpu"]) {
      const check = checks.find(({ name }) => name === `model backend ${library}`);
      if (check?.status === "ok") continue;
      expect(check).toMatchObject({ status: "optional", found: expect.stringContaining("it is not installed") as string });
      expect(check?.remedy).toContain(`npm install --no-save @tensorflow/${library}@`);
    }
  });

  it("doctor finds the engines that are built in", async () => {
    const { code, stdout } = await run(await emptyFolder(), "doctor", "--json");
    const checks = JSON.parse(stdout) as { name: string; status: string }[];
    expect(checks.filter(({ status }) => status === "missing")).toEqual([]);
    expect(code).toBe(0);
    for (const name of ["onnxruntime", "tfjs-wasm"]) {
      expect(checks).toContainEqual(expect.objectContaining({ name: `model backend ${name}`, status: "ok" }));
    }
  });
});

describe("corpus import", () => {
  const good = "M1 (VOUT1 VIN1 VSS VSS) nmos4\nR1 (VDD VOUT1) resistor";
  const ports = "VDD VSS VIN1 VOUT1";

  it("takes the good files, names the bad line of a bad one, and does not stop", async () => {
    const folder = await emptyFolder();
    await dataset(folder, { 1: good, 2: "M1 (VOUT1 VIN1 VSS) nmos4", 3: good.replace("R1", "RL") }, ports);
    const { code, stdout, stderr } = await run(folder, "corpus", "import", "AnalogGenie", "--out", "out.jsonl");
    expect(code).toBe(0);
    expect(stderr).toContain("1 distinct topologies of 2 circuits");
    expect(stdout).toMatch(/2\.cir\s+1\s+/);
    expect(stdout).toContain("Wrote out.jsonl");
  });

  it("says what is wrong with a path that is not there, and with an archive that is cut off", async () => {
    const folder = await emptyFolder({ "cut.tar.gz": "not an archive" });
    expect((await run(folder, "corpus", "import", "nowhere")).stderr).toContain("IMPORT_NOT_FOUND");
    expect((await run(folder, "corpus", "import", "cut.tar.gz")).stderr).toContain("IMPORT_ARCHIVE_CORRUPT");
  });
});

describe("corpus report", () => {
  it("shows copies, broken rules and labels, as a table or as JSON", async () => {
    const stage = "M1 (VOUT1 VIN1 VSS VSS) nmos4\nR1 (VDD VOUT1) resistor";
    const folder = await emptyFolder({ "labels.yaml": "labels: [{ label: amplifier, circuits: [1-2] }]" });
    await dataset(folder, { 1: stage, 2: stage, 3: `${stage}\nR2 (VOUT1 x) resistor` }, "VDD VSS VIN1 VOUT1");
    const asked = ["corpus", "report", "AnalogGenie", "--labels", "labels.yaml"];
    const { code, stdout } = await run(folder, ...asked);
    expect(code).toBe(0);
    expect(stdout).toMatch(/no-dangling-net\s+66\.7 %\s+1\s+3: Net x ends at one pin of R2/);
    expect(stdout).toMatch(/amplifier\s+2/);
    expect(stdout).toContain("  1, 2");
    const report = JSON.parse((await run(folder, ...asked, "--json")).stdout) as { topologies: number; duplicates: string[][] };
    expect(report).toMatchObject({ circuits: 3, topologies: 2, duplicates: [["1", "2"]] });
  });

  it("names the labels file that is wrong", async () => {
    const folder = await emptyFolder({ "labels.yaml": "labels: []", "one.sp": "r1 a b 1\n.end" });
    const { code, stderr } = await run(folder, "corpus", "report", "one.sp", "--labels", "labels.yaml");
    expect(code).not.toBe(0);
    expect(stderr).toContain("LABELS_INVALID");
    expect(stderr).toContain("labels.yaml");
  });
});

async function dataset(folder: string, netlists: Readonly<Record<string, string>>, ports: string): Promise<void> {
  for (const [number, netlist] of Object.entries(netlists)) {
    const path = join(folder, "AnalogGenie/Dataset", number);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, `${number}.cir`), netlist);
    await writeFile(join(path, `Port${number}.txt`), ports);
  }
}

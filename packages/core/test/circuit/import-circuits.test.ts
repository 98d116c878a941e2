import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { create, Header } from "tar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importCircuits, type ImportOptions } from "../../src/circuit/import/import-circuits.js";
import { deviceTypes } from "../fixtures/device-types.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "topogenie-import-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, content: string | Uint8Array): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
  return full;
}

async function putDataset(...numbers: number[]): Promise<void> {
  for (const number of numbers) {
    await put(`in/Dataset/${number}/${number}.cir`, `M0 (VOUT1 VIN1 VSS VSS) nmos4\nR${number} (VDD VOUT1) resistor`);
    await put(`in/Dataset/${number}/Port${number}.txt`, "VDD VSS VIN1 VOUT1");
    await put(`in/Dataset/${number}/${number}.png`, "a picture");
  }
}

async function archived(file: string, gzip: boolean): Promise<string> {
  const path = join(folder, file);
  await create({ file: path, cwd: join(folder, "in"), gzip }, await readdir(join(folder, "in")));
  return path;
}

/** A tar archive with entries that the tar command would not write. */
function forged(entries: readonly { path: string; text?: string; type?: "SymbolicLink"; size?: number }[]): Buffer {
  const blocks = entries.flatMap(({ path, text = "", type, size }) => {
    const body = Buffer.from(text);
    const header = new Header({
      path,
      size: size ?? body.length,
      mode: 0o644,
      mtime: new Date(0),
      type: type ?? "File",
      ...(type !== undefined && { linkpath: "x" }),
    });
    header.encode();
    return [header.block ?? Buffer.alloc(0), body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

const run = (path: string, options: Partial<ImportOptions> = {}) => importCircuits(path, { deviceTypes, ...options });

describe("importing circuits", () => {
  it("reads a folder in the AnalogGenie layout, 2 before 10", async () => {
    await putDataset(10, 2, 1);
    const imported = await run(join(folder, "in"));
    expect(imported.circuits.map((circuit) => circuit.name)).toEqual(["1", "2", "10"]);
    expect(imported.rejected).toEqual([]);
  });

  it.each([
    ["set.tar.gz", true],
    ["set.tgz", true],
    ["set.tar", false],
  ])("reads the same from %s, and unpacks nothing", async (file, gzip) => {
    await putDataset(10, 2, 1);
    const fromFolder = await run(join(folder, "in"));
    const path = await archived(file, gzip);
    const before = await readdir(folder, { recursive: true });
    expect(await run(path)).toEqual(fromFolder);
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });

  it("reads SPICE netlists of a folder, and makes circuit names unique", async () => {
    const subcircuit = ".subckt amp VDD VSS VIN1\nM1 VDD VIN1 VSS VSS nmos4\n.ends\n";
    await put("a.sp", subcircuit);
    await put("b/c.SPICE", subcircuit);
    await put("flat.net", "* flat\nR1 VDD VOUT1 1k\nM1 VOUT1 VIN1 VSS VSS mn12\n");
    await put("notes.md", "not a netlist");
    const imported = await run(folder, { models: { mn12: "nmos4" } });
    expect(imported.circuits.map((circuit) => circuit.name)).toEqual(["amp", "amp_2", "flat"]);
    expect(imported.rejected).toEqual([]);
  });

  it("reads one netlist, with its ports beside it", async () => {
    await putDataset(7);
    expect((await run(join(folder, "in/Dataset/7/7.cir"))).circuits[0]?.ports).toEqual(["VDD", "VSS", "VIN1", "VOUT1"]);
    const spice = await put("amp.cir", "* amp\nR1 VDD VSS 1k\n");
    expect((await run(spice)).circuits[0]?.name).toBe("amp");
  });

  it("reports bad files by line and goes on", async () => {
    await putDataset(1, 2);
    await put("in/Dataset/3/3.cir", "M0 (VOUT1 VIN1 VSS VSS) nmos4\nM1 (a b) nmos4\nM2 nonsense");
    await put("in/Dataset/3/Port3.txt", "VSS");
    await put("in/Dataset/4/4.cir", "M0 (VOUT1 VIN1 VSS VSS) nmos4");
    await put("in/Dataset/5/Port5.txt", "VSS");
    await put("in/Dataset/6/6.cir", Uint8Array.of(0x4d, 0xff, 0xfe));
    const imported = await run(join(folder, "in"));
    expect(imported.circuits.map((circuit) => circuit.name)).toEqual(["1", "2"]);
    expect(imported.rejected.map(({ file, line, reason }) => `${file}:${line} ${reason.slice(0, 24)}`)).toEqual([
      "Dataset/6/6.cir:0 The file is not UTF-8 te",
      "Dataset/3/3.cir:2 M1 has 2 nets, but nmos4",
      "Dataset/3/3.cir:3 This is no device line. ",
      "Dataset/4/4.cir:0 Its ports are missing: t",
      "Dataset/5/Port5.txt:0 There is no netlist for ",
    ]);
  });

  it("refuses archive entries that point outside, links and files that are too large", async () => {
    const spice = "* t\nR1 VDD VSS 1k\n";
    const path = await put(
      "forged.tar.gz",
      gzipSync(
        forged([
          { path: "good.cir", text: spice },
          { path: "../../evil.cir", text: spice },
          { path: "/etc/evil.cir", text: spice },
          { path: "link.cir", type: "SymbolicLink" },
          { path: "large.cir", text: `* ${"x".repeat(2000)}` },
        ]),
      ),
    );
    const imported = await run(path, { limits: { fileBytes: 1000 } });
    expect(imported.circuits.map((circuit) => circuit.name)).toEqual(["good"]);
    expect(imported.rejected.map(({ file, reason }) => `${file}: ${reason.slice(0, 20)}`)).toEqual([
      "../../evil.cir: The path points out ",
      "/etc/evil.cir: The path points out ",
      "link.cir: The entry is no file",
      "large.cir: The file has 2002 by",
    ]);
  });

  it("refuses links in a folder", async () => {
    await put("in/a.cir", "* t\nR1 VDD VSS 1k\n");
    await symlink("/etc/hostname", join(folder, "in/b.cir"));
    const imported = await run(join(folder, "in"));
    expect(imported.circuits).toHaveLength(1);
    expect(imported.rejected).toEqual([expect.objectContaining({ file: "b.cir", line: 0 })]);
  });

  it.each([
    ["a missing path", "IMPORT_NOT_FOUND", () => Promise.resolve(join(folder, "nowhere"))],
    ["a folder without netlists", "IMPORT_EMPTY", () => put("in/notes.md", "-").then(dirname)],
    ["a file of another kind", "IMPORT_NOT_READABLE", () => put("data.zip", "PK")],
    ["an archive that is no archive", "IMPORT_ARCHIVE_CORRUPT", () => put("bad.tar.gz", noise(5000))],
    ["a tar that is noise", "IMPORT_ARCHIVE_CORRUPT", () => put("bad.tar", noise(5000))],
    ["an empty archive file", "IMPORT_ARCHIVE_CORRUPT", () => put("bad.tgz", "")],
    [
      "an archive that was cut off",
      "IMPORT_ARCHIVE_CORRUPT",
      async () => {
        const whole = gzipSync(forged([{ path: "a.cir", text: noise(4000).toString("hex") }]));
        return put("cut.tar.gz", whole.subarray(0, whole.length / 2));
      },
    ],
    [
      "an archive that was cut off before it was compressed",
      "IMPORT_ARCHIVE_CORRUPT",
      () => put("cut.tgz", gzipSync(forged([{ path: "a.cir", text: "x".repeat(4000) }]).subarray(0, 2048))),
    ],
  ])("says what is wrong with %s", async (_, code, make) => {
    const path = await make();
    await expect(run(path)).rejects.toMatchObject({ code, message: expect.stringContaining(path) as string });
  });

  it.each([{ files: 2 }, { totalBytes: 100 }])("stops at a limit: %o", async (limits) => {
    await putDataset(1, 2, 3);
    const path = await archived("set.tar.gz", true);
    await expect(run(path, { limits })).rejects.toMatchObject({ code: "IMPORT_TOO_LARGE" });
    await expect(run(join(folder, "in"), { limits })).rejects.toMatchObject({ code: "IMPORT_TOO_LARGE" });
  });

  it("reports progress up to the end, and stops when told to", async () => {
    await putDataset(...Array.from({ length: 100 }, (_, index) => index));
    const path = await archived("set.tar.gz", true);
    for (const source of [join(folder, "in"), path]) {
      const updates: { done: number; total: number }[] = [];
      await run(source, { onProgress: (update) => updates.push(update) });
      expect(updates.at(-1)?.done).toBe(updates.at(-1)?.total);
      const abort = new AbortController();
      const stopped = run(source, { signal: abort.signal, onProgress: () => abort.abort() });
      await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    }
  });
});

/** Bytes that look like nothing, the same at every run. */
function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash("sha256").update(String(index)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

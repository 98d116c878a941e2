import { execFile, execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";

/** Far more than an idle machine needs to end a process that has nothing left to do; a busy one is waited for. */
const EXIT_MS = 5000;

const opened = `
  import plugin from "@topogenie/simulator-ngspice-native";
  const [provided] = plugin.provides;
  const simulator = await provided.create(provided.options.parse({}), { workers: 2 });
  const session = await simulator.open({ title: "t", models: [], elements: [
    { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 1 } },
    { kind: "resistor", name: "r", nodes: ["a", "0"], values: { r: 1 } } ] });
`;

const prelude = `${opened}
  const result = await session.run({ analyses: [{ kind: "op" }], timeoutMs: 30000 });
  console.log(result.status);
  const endless = { analyses: [{ kind: "tran", stepS: 1, stopS: 1, maxStepS: 3e-7 }], timeoutMs: 30000 };
`;

function isInstalled(): boolean {
  try {
    execFileSync("ngspice", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Exit code and output of a process of its own, and how long it lived on after its last line. */
function runScript(script: string): Promise<{ code: unknown; stdout: string; lingeredMs: number; pid: number | undefined }> {
  return new Promise((resolve) => {
    let last = performance.now();
    const child = execFile(
      process.execPath,
      ["--input-type=module", "-e", script],
      { timeout: 50_000, cwd: import.meta.dirname },
      (error, stdout) => {
        resolve({ code: error === null ? 0 : error.code, stdout, lingeredMs: performance.now() - last, pid: child.pid });
      },
    );
    child.stdout?.on("data", () => {
      last = performance.now();
    });
  });
}

function privateFoldersOf(pid: number | undefined): string[] {
  return ["/dev/shm", tmpdir()]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).filter((name) => name.startsWith(`topogenie-ngspice-${String(pid)}-`)));
}

describe.skipIf(!isInstalled())("a process that simulates (needs ngspice: apt-get install ngspice)", () => {
  it("says what it needs where it cannot make its pipes, and leaves nothing behind", async () => {
    const { code, stdout, pid } = await runScript(`${opened}
      process.env.PATH = "";
      const run = session.run({ analyses: [{ kind: "op" }], timeoutMs: 30000 });
      console.log(await run.catch(({ code, message }) => [code, message].join(" ")));
    `);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^NAMED_PIPE_FAILED .*mkfifo.*set simulator.engine to ngspice/);
    expect(privateFoldersOf(pid)).toEqual([]);
  });

  it("ends by itself when its work is done, although nobody disposed of the simulator", async () => {
    const { code, stdout, lingeredMs } = await runScript(prelude);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "ok\n" });
    expect(lingeredMs).toBeLessThan(EXIT_MS);
  });

  it("can wait for dispose when nothing else is left to do, and leaves no folder behind", async () => {
    const { code, stdout, pid } = await runScript(`${prelude} await simulator.dispose(); console.log("disposed");`);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "ok\ndisposed\n" });
    expect(privateFoldersOf(pid)).toEqual([]);
  });

  it("can wait for an aborted run when nothing else is left to do", async () => {
    const { code, stdout } = await runScript(`${prelude}
      const controller = new AbortController();
      const run = session.run({ ...endless, signal: controller.signal });
      setTimeout(() => controller.abort(new Error("enough")), 100);
      await run.catch((error) => console.log(error.message));
      await simulator.dispose();
    `);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "ok\nenough\n" });
  });

  it("takes its engines and their folders with it when it ends in the middle of a run", async () => {
    const { code, stdout, pid } = await runScript(`${prelude}
      session.run(endless).catch(() => undefined);
      setTimeout(() => process.exit(0), 100);
    `);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "ok\n" });
    expect(privateFoldersOf(pid)).toEqual([]);
  });
});

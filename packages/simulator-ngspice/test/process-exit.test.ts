import { execFile } from "node:child_process";
import { describe, expect, it } from "vitest";

const prelude = `
  import plugin from "@topogenie/simulator-ngspice";
  const [provided] = plugin.provides;
  const simulator = await provided.create(provided.options.parse({}), { workers: 2 });
  const session = await simulator.open({ title: "t", models: [], elements: [
    { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 1 } },
    { kind: "resistor", name: "r", nodes: ["a", "0"], values: { r: 1 } } ] });
  const result = await session.run({ analyses: [{ kind: "op" }], timeoutMs: 30000 });
  console.log(result.status);
`;

/** Exit code and output of a process of its own; code 13 is Node's word for a promise that nothing would ever settle. */
function runScript(script: string): Promise<{ code: unknown; stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["--input-type=module", "-e", script], { timeout: 50_000 }, (error, stdout) => {
      resolve({ code: error === null ? 0 : error.code, stdout });
    });
  });
}

describe("a process that simulates", () => {
  it("ends by itself when it forgets to dispose", async () => {
    expect(await runScript(prelude)).toEqual({ code: 0, stdout: "ok\n" });
  });

  it("can wait for dispose when nothing else is left to do", async () => {
    expect(await runScript(`${prelude} await simulator.dispose(); console.log("disposed");`)).toEqual({
      code: 0,
      stdout: "ok\ndisposed\n",
    });
  });

  it("can wait for an aborted run when nothing else is left to do", async () => {
    const abort = `
      const controller = new AbortController();
      const run = session.run({ analyses: [{ kind: "tran", stepS: 1, stopS: 1, maxStepS: 3e-7 }], timeoutMs: 30000, signal: controller.signal });
      setTimeout(() => controller.abort(new Error("enough")), 100);
      await run.catch((error) => console.log(error.message));
      await simulator.dispose();
    `;
    expect(await runScript(prelude + abort)).toEqual({ code: 0, stdout: "ok\nenough\n" });
  });
});

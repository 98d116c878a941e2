import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emptyFolder } from "./command.js";

const bin = fileURLToPath(new URL("../bin/topogenie.js", import.meta.url));

const config = `
plugins: [./plugin.mjs]
simulations: 8
optimizers: { loop: { optimizer: loop } }
problems: { pair: { family: opamp, seed: opamp-42 } }
`;

const plugin = (before: string, ask: string): string => `
import { writeSync } from "node:fs";
import { z } from ${JSON.stringify(import.meta.resolve("zod"))};
${before}
export default { apiVersion: 1, name: "topogenie-plugin-loop", version: "1.0.0", provides: [{
  kind: "sizing-optimizer", name: "loop", description: "", options: z.strictObject({}),
  create: () => ({
    name: "loop",
    capabilities: () => ({ multiObjective: false, learns: false, evaluations: "hundreds" }),
    start: () => ({ ask() { ${ask} }, tell() {}, state: () => 0, best: undefined }),
  }) }] };
`;

const block = 'writeSync(2, "blocking"); for (;;);';

describe("Ctrl-C ends a command that a plugin blocks", () => {
  it.each([
    ["in a call", plugin("", block), 'Stopped. Plugin topogenie-plugin-loop, sizing-optimizer "loop": ask() blocks the process'],
    ["when it is loaded", plugin(block, ""), "Stopped. Something blocks the process"],
  ])("%s", { timeout: 60_000 }, async (_, text, says) => {
    const folder = await emptyFolder({ "compare.yaml": config, "plugin.mjs": text });
    // A group of its own, which is told of Ctrl-C as a terminal tells its foreground.
    const child = spawn(process.execPath, [bin, "compare", "compare.yaml"], { cwd: folder, detached: true });
    let said = "";
    const blocks = new Promise<void>((resolve) => {
      child.stderr.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes("blocking")) resolve();
      });
    });
    await blocks;
    const ended = once(child, "close");
    const asked = performance.now();
    // Whoever is not heard presses again.
    const presses = setInterval(() => process.kill(-(child.pid ?? 0), "SIGINT"), 1000);
    const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    clearInterval(presses);
    expect(signal).toBe("SIGKILL");
    expect(said).toContain(says);
    expect(performance.now() - asked).toBeLessThan(15_000);
  });
});

import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { pluginKinds, type Plugin } from "@topogenie/core";
import { pluginConformance } from "@topogenie/core/testing";
import onnxruntime from "@topogenie/model";
import { describe, expect, it } from "vitest";

const pages = new URL("../../../docs/plugins/", import.meta.url);

it("the pages' examples are the templates' files, which are compiled and run", () => {
  const script = fileURLToPath(new URL("fill-examples.mjs", pages));
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

describe.each(pluginKinds)("the page of %s", (kind) => {
  it("explains every promise that the suite checks, and no other", async () => {
    const page = await readFile(new URL(`${kind}.md`, pages), "utf8");
    const explained = [...page.matchAll(/^### (\S+)$/gm)].map(([, heading]) => heading);
    const { default: plugin } = (await import(`../templates/${kind}/src/index.ts`)) as { default: Plugin };
    const checked = new Set((await pluginConformance(plugin, [onnxruntime])).map(({ behaviour }) => behaviour));
    expect(explained).toEqual(expect.arrayContaining([...checked]));
    // What does not apply to the example is explained all the same.
    const more = explained.filter((heading) => !checked.has(heading ?? ""));
    expect(more).toEqual(
      {
        "model-backend": ["parity"],
        simulator: ["source-waveforms", "devices", "bypass"],
        "sizing-optimizer": ["pareto-fronts"],
      }[kind as string] ?? [],
    );
  });
});

import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { pluginKinds } from "@topogenie/core";
import { expect, it } from "vitest";
import { builtInPlugins } from "../src/built-in-plugins.js";
import { builtIns } from "./built-in-conformance.js";

const packages = fileURLToPath(new URL("../../../packages/", import.meta.url));

it("are all plugins in packages/", async () => {
  const found: string[] = [];
  for (const path of await readdir(packages, { recursive: true })) {
    if (!/^(plugins\/)?[^/]+\/src\/index\.ts$/.test(path)) continue;
    if (!/^export default definePlugin\(/m.test(await readFile(`${packages}${path}`, "utf8"))) continue;
    const manifest = await readFile(`${packages}${path.replace("src/index.ts", "package.json")}`, "utf8");
    found.push((JSON.parse(manifest) as { name: string }).name);
  }
  expect(found.sort()).toEqual([...builtInPlugins.specifiers].sort());
});

it("provide things of every kind, and the suite of every kind is run on them", async () => {
  const provided = new Set((await builtIns()).flatMap(({ provides }) => provides.map(({ kind }) => kind)));
  expect([...provided].sort()).toEqual([...pluginKinds].sort());
  for (const kind of pluginKinds) {
    const test = await readFile(new URL(`conformance-${kind}.test.ts`, import.meta.url), "utf8");
    expect(test).toBe(`import { checkBuiltIns } from "./built-in-conformance.js";\n\nawait checkBuiltIns("${kind}");\n`);
  }
});

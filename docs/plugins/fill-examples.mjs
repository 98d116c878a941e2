/**
 * Puts the templates' files into the pages: each `<!-- file: PATH -->` is followed by that file. `npm run docs:examples`;
 * a test fails where a page holds something else.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const folder = new URL("./", import.meta.url);
let stale = 0;

for (const page of (await readdir(folder)).filter((name) => name.endsWith(".md"))) {
  const before = await readFile(new URL(page, folder), "utf8");
  let after = "";
  let rest = before;
  for (;;) {
    const found = /<!-- file: (\S+) -->\n(\n?```ts\n[\s\S]*?\n```\n)?/.exec(rest);
    if (found === null) break;
    const code = await readFile(new URL(found[1], root), "utf8");
    after += `${rest.slice(0, found.index)}<!-- file: ${found[1]} -->\n\`\`\`ts\n${code.trimEnd()}\n\`\`\`\n`;
    rest = rest.slice(found.index + found[0].length);
  }
  after += rest;
  if (after === before) continue;
  stale++;
  if (process.argv.includes("--check"))
    console.error(`${fileURLToPath(new URL(page, folder))} does not hold the templates as they are.`);
  else await writeFile(new URL(page, folder), after);
}

if (process.argv.includes("--check") && stale > 0) {
  console.error("Put them in: npm run docs:examples");
  process.exitCode = 1;
}

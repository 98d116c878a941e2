#!/usr/bin/env node
import { existsSync } from "node:fs";

if (!existsSync(new URL("../dist/main.js", import.meta.url))) {
  process.stderr.write("This checkout is not built yet. Build it with: npm run build\n");
  process.exit(2);
}
const { main } = await import("../dist/main.js");
process.exitCode = await main(process.argv.slice(2));

// Tests the native libraries for real: installs each into a cached folder outside the repository, then trains, samples and compares
// with the default backend. usage: npm run test:tfjs-node [-- tfjs-node | tfjs-node-gpu]
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

const VERSION = "4.22.0";
/** Against a host that stays silent an installation would wait for ever. */
const INSTALL_LIMIT_MS = 15 * 60_000;

const root = resolve(import.meta.dirname, "../../../..");
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "topogenie");
/** Makes a working library from packages of the registry, where the library's own download is blocked. */
const maker = resolve(root, "../shared/tools/real-tfjs-node.sh");
const libraries = process.argv.length > 2 ? process.argv.slice(2) : ["tfjs-node", "tfjs-node-gpu"];

for (const library of libraries) {
  const folder = join(cache, `${library}-${VERSION}`);
  await install(library, folder);
  console.log(`\n${library} from ${folder}`);
  const options = ["--config", "../../vitest.config.ts", "--root", ".", "--testTimeout", "300000"];
  await run("npx", ["vitest", "run", ...options, "test/tfjs-backends.test.ts"], {
    cwd: join(root, "apps/cli"),
    env: { ...process.env, TOPOGENIE_TFJS_NODE: `${library}=${folder}` },
  });
}

async function install(library, folder) {
  if (await loads(library, folder)) return;
  await mkdir(folder, { recursive: true });
  if (existsSync(maker)) await run("sh", [maker, folder, `@tensorflow/${library}`], { timeout: INSTALL_LIMIT_MS });
  else {
    await writeFile(join(folder, "package.json"), '{ "private": true }\n');
    await run("npm", ["install", "--no-audit", "--no-fund", `@tensorflow/${library}@${VERSION}`], {
      cwd: folder,
      timeout: INSTALL_LIMIT_MS,
    });
  }
  if (await loads(library, folder)) return;
  console.error(`@tensorflow/${library} was installed into ${folder} and does not load there.`);
  process.exit(1);
}

function loads(library, folder) {
  if (!existsSync(join(folder, "node_modules/@tensorflow", library))) return false;
  const program =
    "require('util').isNullOrUndefined ??= (value) => value == null;" +
    `const tf = require('@tensorflow/${library}'); tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync();`;
  return run(process.execPath, ["-e", program], { cwd: folder, stdio: "ignore" }).then(
    () => true,
    () => false,
  );
}

/** Rejects when the command fails; ends this program when it was one that shows its output. */
function run(command, args, options) {
  return new Promise((settle, reject) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return settle();
      const failure = new Error(`${command} ${args.join(" ")} ended with ${signal ?? code}.`);
      if (options.stdio === "ignore") return reject(failure);
      console.error(failure.message);
      return process.exit(1);
    });
  });
}

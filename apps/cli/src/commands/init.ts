import { access } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { TopogenieError, writeAtomic } from "@topogenie/core";
import type { Session } from "../session.js";

export function addInitCommand(program: Command, session: Session): void {
  program
    .command("init")
    .summary("write a config file to start from")
    .argument("[folder]", "where to write it", ".")
    .option("--typescript", "write topogenie.config.ts instead of .yaml")
    .addHelpText("after", "\nExample:\n  topogenie init my-search && cd my-search && topogenie discover")
    .action(async (folder: string, options: { typescript?: boolean }) => {
      const file = join(folder, options.typescript === true ? "topogenie.config.ts" : "topogenie.config.yaml");
      if (await exists(file))
        throw new TopogenieError("CONFIG_EXISTS", `${file} is there already. Edit it, or choose another folder.`);
      await writeAtomic(file, options.typescript === true ? typescriptConfig : yamlConfig);
      const shown = relative(process.cwd(), file);
      session.output().result(`Wrote ${shown}. Next: topogenie discover ${shown}`, { file });
    });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

const yamlConfig = `# Every key has a default; unknown keys are errors. All keys: topogenie config-schema
tag: discover
seed: 1
corpus:
  families: [opamp]
  # imports: [path/to/AnalogGenie]   # a folder, a .tar.gz, netlists or a .jsonl of "topogenie corpus import"
encode:
  scheme: netlist
  options: { order: circuit, pins: circuit }
  walks: 1
train:
  from: "@topogenie/pretrained" # the shipped model; leave it out to train one from the start
  steps: 0 # more trains it further
generate:
  attempts: 100
  conditions: { family: opamp }
simulator:
  engine: ngspice
sizing:
  optimizer: ga
  family: opamp
  simulations: 300
`;

const typescriptConfig = `import { defineConfig } from "@topogenie/core";

export default defineConfig({
  tag: "discover",
  seed: 1,
  corpus: { families: ["opamp"] },
  encode: { scheme: "netlist", options: { order: "circuit", pins: "circuit" }, walks: 1 },
  // The shipped model; leave it out to train one from the start. More steps train it further.
  train: { from: "@topogenie/pretrained", steps: 0 },
  generate: { attempts: 100, conditions: { family: "opamp" } },
  simulator: { engine: "ngspice" },
  sizing: { optimizer: "ga", family: "opamp", simulations: 300 },
});
`;

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

const source = fileURLToPath(new URL("../../src/", import.meta.url));
const probe = join(source, "plugins/isolation/a-later-version.ts");

/** Contracts with calls that a guard stands before, by the module that declares them. */
const guardedContracts = {
  "contracts/device-type.js": ["DeviceType"],
  "contracts/circuit-family.js": ["CircuitFamily", "FigureOfMerit", "Testbench"],
  "circuit/rules/rule.js": ["ElectricalRule"],
  "contracts/tokenization-scheme.js": ["TokenizationScheme", "GrammarState"],
  "contracts/model-backend.js": ["ModelBackend", "LanguageModel", "TokenSampler"],
  "contracts/simulator.js": ["Simulator", "SimulatorSession"],
  "contracts/sizing-optimizer.js": ["SizingOptimizer", "SizingPolicy", "Study"],
};

/** What the compiler says of the guards when each contract has one more optional member, named after it. */
function complaints(): string[] {
  const augmented = Object.entries(guardedContracts).map(
    ([module, names]) =>
      `declare module "../../${module}" { ${names.map((name) => `interface ${name} { later${name}?(): void; }`).join(" ")} }`,
  );
  const text = `export {};\n${augmented.join("\n")}\n`;
  const config = resolve(source, "../tsconfig.json");
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    dirname(config),
  );
  Object.assign(options, { composite: false, incremental: false, tsBuildInfoFile: undefined });
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (path) => path === probe || fileExists(path);
  host.getSourceFile = (path, ...more) =>
    path === probe ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2023) : getSourceFile(path, ...more);
  const program = ts.createProgram([probe, join(source, "plugins/isolation/isolate.ts")], options, host);
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.includes("/plugins/isolation/"))
    .flatMap((file) => program.getSemanticDiagnostics(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

it("a guard that forgets a new optional member of its contract does not compile", { timeout: 60_000 }, () => {
  const said = complaints();
  const forgotten = Object.values(guardedContracts)
    .flat()
    .filter((name) => said.some((message) => message.includes(`'later${name}' is missing`)));
  expect(forgotten).toEqual(Object.values(guardedContracts).flat());
  expect(said).toHaveLength(forgotten.length);
});

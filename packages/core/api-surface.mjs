/**
 * Lists every exported declaration of @topogenie/core and @topogenie/core/testing, with its signature, from the built `.d.ts`
 * files. `npm run api:update` writes the list to docs/plugins/api-surface.txt: that announces a change. With `--check` it only
 * compares, says what differs and ends with exit code 1 when something does.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const surfaceFile = fileURLToPath(new URL("../../docs/plugins/api-surface.txt", import.meta.url));

const entries = { "@topogenie/core": "dist/index.d.ts", "@topogenie/core/testing": "dist/testing/index.d.ts" };

/** One line a declaration, sorted by entry and name. */
function apiSurface() {
  const files = Object.values(entries).map((file) => fileURLToPath(new URL(file, import.meta.url)));
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    skipLibCheck: true,
    types: ["node"],
  });
  const checker = program.getTypeChecker();
  const lines = [];
  Object.keys(entries).forEach((entry, index) => {
    const source = program.getSourceFile(files[index]);
    if (source === undefined) throw new Error(`${files[index]} is not there. Build first: npm run build`);
    const module = checker.getSymbolAtLocation(source);
    const exported = checker.getExportsOfModule(module).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    lines.push(`# ${entry}`);
    for (const symbol of exported) lines.push(describe(symbol, checker));
    lines.push("");
  });
  return lines.join("\n");
}

/** What zod's enums become. Which member comes first depends on what else the compiler saw before: they are sorted. */
const enumeration = /\{ (?:(?:[\w$]+|"[^"]*"): "[^"]*"; )+\}/g;

/** The declaration as it is written, without comments, private members and line ends. */
function describe(symbol, checker) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const texts = (target.declarations ?? []).map((declaration) => {
    const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    return node
      .getText()
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/^\s*(#private;|private .*)$/gm, "")
      .replace(/^export (declare )?/, "")
      .replace(/\s+/g, " ")
      .replace(
        enumeration,
        (members) =>
          `{ ${members
            .slice(2, -2)
            .split(/(?<=;) /)
            .sort()
            .join(" ")} }`,
      )
      .trim();
  });
  return [`${symbol.name}: ${[...new Set(texts)].join(" | ")}`].join("\n");
}

/** What a reader wants to see: names that came, went or are declared otherwise. */
function differences(written, present) {
  const byName = (text) => new Map(text.split("\n").map((line) => [line.split(": ")[0], line]));
  const [before, after] = [byName(written), byName(present)];
  return [
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `gone     ${name}`),
    ...[...after.keys()].filter((name) => !before.has(name)).map((name) => `new      ${name}`),
    ...[...after]
      .filter(([name, line]) => before.has(name) && before.get(name) !== line)
      .map(
        ([name, line]) => `changed  ${name}\n  was ${excerpt(before.get(name), line)}\n  is  ${excerpt(line, before.get(name))}`,
      ),
  ];
}

/** Some text round where it begins to differ from another: a schema's declaration fills pages. */
function excerpt(text, other) {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at++;
  const [from, to] = [Math.max(0, at - 60), at + 120];
  return `${from > 0 ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}

const present = apiSurface();
if (process.argv.includes("--check")) {
  const found = differences(await readFile(surfaceFile, "utf8"), present);
  if (found.length > 0) {
    console.error(
      `The public API has changed:\n${found.join("\n")}\n\nIf that is meant, announce it: npm run api:update, and say in ` +
        "docs/plugins/UPGRADING.md what a plugin's author must change.",
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(surfaceFile, present);
  console.log(`Wrote ${surfaceFile}`);
}

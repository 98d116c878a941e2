import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

interface Package {
  readonly name: string;
  readonly folder: string;
  readonly dependencies: readonly string[];
}

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const packages = ["packages", "packages/plugins", "apps"].flatMap(packagesIn);

/** What the rooms of core may import, lowest first: a room imports rooms above it in this list, and those named beside it. */
const coreRooms: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  circuit: ["runtime", "contracts"],
  contracts: ["runtime", "circuit"],
  spice: ["runtime", "circuit", "contracts"],
  "language-model": ["runtime", "circuit", "contracts"],
  verification: ["runtime", "circuit", "contracts", "spice"],
  sizing: ["runtime", "circuit", "contracts", "spice", "verification"],
  plugins: ["runtime", "circuit", "contracts"],
  config: ["runtime", "language-model"],
  evaluation: [
    "pipeline",
    "config",
    "runtime",
    "circuit",
    "contracts",
    "spice",
    "language-model",
    "verification",
    "sizing",
    "plugins",
  ],
  finetuning: [
    "evaluation",
    "pipeline",
    "config",
    "runtime",
    "circuit",
    "contracts",
    "spice",
    "language-model",
    "verification",
    "sizing",
    "plugins",
  ],
  experiment: ["evaluation", "pipeline", "config", "runtime", "verification", "plugins"],
  comparison: ["pipeline", "config", "runtime", "circuit", "contracts", "sizing", "plugins"],
  "policy-training": ["comparison", "pipeline", "config", "runtime", "circuit", "contracts", "sizing", "plugins"],
  composition: ["runtime", "circuit", "contracts"],
  pipeline: [
    "config",
    "runtime",
    "circuit",
    "contracts",
    "composition",
    "spice",
    "language-model",
    "verification",
    "sizing",
    "plugins",
  ],
};

describe("arrows point down: apps → plugins → core", () => {
  it("sees every package", () => {
    expect(packages.map(({ name }) => name)).toContain("@topogenie/core");
    expect(packages.length).toBeGreaterThan(8);
  });

  it.each(packages.filter(({ folder }) => folder.startsWith("packages")).map(({ name, folder }) => [name, folder]))(
    "%s imports core alone, a family the building blocks as well",
    (name, folder) => {
      const allowed = [
        ...(name === "@topogenie/core" ? [] : ["@topogenie/core"]),
        ...(folder.includes("plugins/family-") ? ["@topogenie/building-blocks"] : []),
      ];
      const foreign = importsOf(join(folder, "src")).filter(({ specifier }) => isOurs(specifier) && !allowed.includes(specifier));
      expect(foreign).toEqual([]);
    },
  );

  it.each(packages.map(({ name, folder }) => [name, folder]))("%s imports no file outside its folder", (_name, folder) => {
    const outside = importsOf(join(folder, "src")).filter(
      ({ file, specifier }) =>
        specifier.startsWith(".") &&
        relative(join(root, folder, "src"), resolve(root, dirname(file), specifier)).startsWith(".."),
    );
    expect(outside).toEqual([]);
  });

  it.each(packages.map((found) => [found.name, found] as const))(
    "%s declares what it imports",
    (_name, { folder, name, dependencies }) => {
      const undeclared = importsOf(join(folder, "src"))
        .map(({ specifier }) => specifier)
        .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
        .map((specifier) =>
          specifier
            .split("/")
            .slice(0, specifier.startsWith("@") ? 2 : 1)
            .join("/"),
        )
        .filter((imported) => imported !== name && !dependencies.includes(imported));
      expect([...new Set(undeclared)]).toEqual([]);
    },
  );
});

describe("the rooms of core", () => {
  it("are all in the list", () => {
    const rooms = readdirSync(join(root, "packages/core/src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(rooms.map(({ name }) => name).sort()).toEqual([...Object.keys(coreRooms), "testing"].sort());
  });

  it.each(Object.entries(coreRooms))("%s imports only %j", (room, allowed) => {
    const wrong = importsOf(join("packages/core/src", room)).filter(({ file, specifier }) => {
      if (!specifier.startsWith(".")) return false;
      const target = relative(join(root, "packages/core/src"), resolve(root, dirname(file), specifier)).split("/")[0] ?? "";
      return target !== room && !allowed.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it("tsyringe is used in runtime alone, and without decorators", () => {
    const users = packages
      .flatMap(({ folder }) => importsOf(join(folder, "src")))
      .filter(({ specifier }) => specifier === "tsyringe");
    expect(users.map(({ file }) => file)).toEqual(["packages/core/src/runtime/container.ts"]);
  });
});

function packagesIn(folder: string): Package[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    try {
      const manifest = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8")) as {
        name: string;
        dependencies?: Record<string, string>;
        peerDependencies?: Record<string, string>;
      };
      const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
      return [{ name: manifest.name, folder: path, dependencies }];
    } catch {
      return [];
    }
  });
}

function isOurs(specifier: string): boolean {
  return packages.some(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
}

/** None where a package has no code. */
function importsOf(folder: string): Import[] {
  if (!existsSync(join(root, folder))) return [];
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return files.flatMap((file) => {
    const path = join(folder, file);
    return ts
      .preProcessFile(readFileSync(join(root, path), "utf8"))
      .importedFiles.map(({ fileName }) => ({ file: path, specifier: fileName }));
  });
}

import type { PluginKind } from "@topogenie/core";
import type { PluginName } from "./plugin-name.js";
import type { Template } from "./templates.js";
import { versions } from "./versions.js";

/** The files that every new package has, whatever its kind, by path. */
export function packageFiles(kind: PluginKind, { title, beside }: Template, name: PluginName): Readonly<Record<string, string>> {
  return {
    "package.json": json({
      name: name.package,
      version: "0.1.0",
      description: `A ${kind} for Topogenie`,
      keywords: ["topogenie-plugin", `topogenie-${kind}`],
      license: "MIT",
      type: "module",
      engines: { node: ">=20.20" },
      files: ["dist", "src"],
      exports: {
        ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
        "./package.json": "./package.json",
      },
      scripts: {
        build: "tsc -p tsconfig.build.json",
        check: "tsc -p tsconfig.json",
        test: "vitest run",
        example: "npm run build && topogenie discover example/topogenie.config.yaml",
        prepack: "npm run build",
      },
      // One copy of each, shared with whoever uses the plugin.
      peerDependencies: { "@topogenie/core": `^${versions.topogenie}`, zod: "^4.0.0" },
      devDependencies: Object.fromEntries(
        [
          ...["@topogenie/core", "topogenie", ...beside].map((dependency) => [dependency, versions.topogenie] as const),
          ["@types/node", versions.typesNode] as const,
          ["typescript", versions.typescript] as const,
          ["vitest", versions.vitest] as const,
          ["zod", versions.zod] as const,
        ].sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    }),
    "tsconfig.json": json({
      compilerOptions: {
        target: "ES2023",
        lib: ["ES2023"],
        module: "NodeNext",
        types: ["node"],
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        verbatimModuleSyntax: true,
        skipLibCheck: true,
        noEmit: true,
      },
      include: ["src", "test"],
    }),
    "tsconfig.build.json": json({
      extends: "./tsconfig.json",
      compilerOptions: { noEmit: false, declaration: true, sourceMap: true, rootDir: "src", outDir: "dist" },
      include: ["src"],
    }),
    "vitest.config.ts": `import { defineConfig } from "vitest/config";\n\nexport default defineConfig({ test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 } });\n`,
    ".gitignore": "node_modules/\ndist/\nruns/\n",
    // The model's library would fetch CUDA from outside the npm registry.
    ".npmrc": "onnxruntime-node-install=skip\n",
    "README.md": readme(kind, title, name),
  };
}

function readme(kind: PluginKind, title: string, name: PluginName): string {
  return `# ${name.package}

A ${kind} for [Topogenie](https://www.npmjs.com/package/topogenie), begun from the template "${title}".

\`\`\`
npm install
npm run build
npm test           # every promise of a ${kind}
npm run example    # a tiny run with it
\`\`\`

Whoever wants to use it installs it beside Topogenie and names it in a config:

\`\`\`yaml
plugins: [${JSON.stringify(name.specifier).replaceAll('"', name.specifier.startsWith("@") ? '"' : "")}]
\`\`\`

What a ${kind} must do is written in docs/plugins/${kind}.md of Topogenie. \`topogenie plugins check .\` says whether it does.
`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configSchema, type Config } from "../../src/config/config-schema.js";
import type { TokenizationScheme } from "../../src/contracts/tokenization-scheme.js";
import { initialWeights } from "../../src/language-model/gpt-parameters.js";
import { saveCheckpoint, type Checkpoint } from "../../src/language-model/checkpoint.js";
import { specialTokens } from "../../src/language-model/vocabulary.js";
import { checkStartingPoint, findStartingPoint, networkOf, startingFingerprint } from "../../src/pipeline/starting-point.js";
import { TopogenieError } from "../../src/runtime/error.js";

const network = { layers: 1, heads: 2, width: 8, context: 32, vocabularySize: 5, dropout: 0, norm: "rms" } as const;
const checkpoint: Checkpoint = {
  state: { config: network, step: 7, tensors: initialWeights(network, 1) },
  vocabulary: [...specialTokens, "NM:", "VSS"],
  scheme: { name: "netlist", options: {} },
  corpusHash: "none",
  metrics: { tokens: 1234 },
};
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "topogenie-start-"));
  await saveCheckpoint(join(folder, "model"), checkpoint);
  await mkdir(join(folder, "runs/old/3-train"), { recursive: true });
  await saveCheckpoint(join(folder, "runs/old/3-train/model"), checkpoint);
  const packaged = join(folder, "node_modules/@some/weights");
  await mkdir(packaged, { recursive: true });
  await saveCheckpoint(join(packaged, "weights"), checkpoint);
  await writeFile(
    join(packaged, "package.json"),
    JSON.stringify({ name: "@some/weights", exports: { "./checkpoint.json": "./weights/checkpoint.json" } }),
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const resolved = (config: Config) => configSchema.parse({ encode: { scheme: "netlist" }, ...config });
const start = async (from: string) => findStartingPoint(resolved({ train: { from } }), folder);
const scheme = (refusal?: TopogenieError): TokenizationScheme =>
  ({
    grammar: () => {
      if (refusal !== undefined) throw refusal;
    },
  }) as unknown as TokenizationScheme;

async function problem(config: Config, refusal?: TopogenieError): Promise<string> {
  try {
    const full = resolved(config);
    checkStartingPoint(await findStartingPoint(full, folder), full, scheme(refusal));
    return "fits";
  } catch (error) {
    if (!(error instanceof TopogenieError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

describe("train.from", () => {
  it.each(["./model", "./runs/old", "@some/weights"])("finds the checkpoint at %s", async (from) => {
    const found = await start(from);
    expect(found?.checkpoint.state.step).toBe(7);
    expect(found?.checkpoint.scheme).toEqual({ name: "netlist", options: {} });
    expect(found?.fingerprint).toBe(await startingFingerprint(resolved({ train: { from } }), folder));
    expect(await problem({ train: { from, steps: 0 } })).toBe("fits");
  });

  it("changes its fingerprint with the weights", async () => {
    const other = { ...checkpoint, state: { ...checkpoint.state, tensors: initialWeights(network, 2) } };
    await saveCheckpoint(join(folder, "other"), other);
    expect((await start("./other"))?.fingerprint).not.toBe((await start("./model"))?.fingerprint);
  });

  it("says what to do when there is none", async () => {
    await expect(start("./nowhere")).rejects.toMatchObject({ code: "CHECKPOINT_MISSING" });
    expect(await problem({ train: { from: "@some/nothing" } })).toMatch(
      /^CHECKPOINT_MISSING: train\.from names the package "@some\/nothing", which is not installed .* npm install @some\/nothing/,
    );
    expect(await problem({ train: { steps: 0 } })).toMatch(/^CHECKPOINT_NEEDED: train\.steps is 0, .* @topogenie\/pretrained/);
  });

  it("takes the checkpoint's network, of which only dropout may be changed", async () => {
    const found = await start("./model");
    expect(networkOf(resolved({}).train, 5, found)).toMatchObject(network);
    expect(networkOf(resolved({ train: { model: { dropout: 0.1, width: 8 } } }).train, 5, found).dropout).toBe(0.1);
    expect(networkOf(resolved({ train: { model: { width: 64 } } }).train, 9, undefined)).toMatchObject({
      width: 64,
      layers: 4,
      vocabularySize: 9,
    });
  });

  it("names what the config and the checkpoint have where they do not fit", async () => {
    expect(await problem({ train: { from: "./model", model: { width: 64 } } })).toMatch(
      /^CHECKPOINT_UNFIT: .*model\) does not fit the config: train\.model\.width is 64, but its network has 8\. Leave train\.model\.width out, or/,
    );
    expect(await problem({ encode: { scheme: "eulerian" }, train: { from: "./model" } })).toMatch(
      /encode\.scheme is "eulerian", but it writes sentences of the scheme "netlist"\. Set encode\.scheme: netlist/,
    );
    const refusal = new TopogenieError("VOCABULARY_UNFIT", "it must have exactly 64 words for nets");
    expect(await problem({ train: { from: "./model" } }, refusal)).toMatch(
      /its vocabulary of 5 tokens, made with \{\}, does not fit the scheme "netlist" with the options \{\} .*exactly 64 words/,
    );
  });
});

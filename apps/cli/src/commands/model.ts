import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { Option, type Command } from "commander";
import {
  encodeSafetensors,
  exportSafetensors,
  gptConfigSchema,
  importWeights,
  loadBestCheckpoint,
  parameterCount,
  saveCheckpoint,
  specialTokens,
  toAnalogGenie,
  TopogenieError,
  withSpecialTokens,
  writeAtomic,
  type Checkpoint,
  type WeightsImport,
} from "@topogenie/core";
import { exportOnnx } from "@topogenie/model";
import type { Session } from "../session.js";
import { wholeNumberFrom } from "./whole-number.js";

const formats: Readonly<Record<string, (checkpoint: Checkpoint) => Uint8Array>> = {
  safetensors: ({ state, vocabulary }) => exportSafetensors(state, vocabulary),
  onnx: ({ state, vocabulary }) => exportOnnx(state, vocabulary),
  analoggenie: ({ state }) => encodeSafetensors(toAnalogGenie(state), { format: "pt" }),
};

interface ImportOptions extends WeightsImport {
  readonly out: string;
  readonly vocabulary?: string;
}

export function addModelCommands(program: Command, session: Session): void {
  const model = program.command("model").summary("bring weights in from PyTorch, and give them to other programs");
  model
    .command("import")
    .summary("make a checkpoint from a .pth, .pt or .safetensors file")
    .description(
      "Makes a checkpoint from a file of weights in the layout of AnalogGenie's network, of nanoGPT, or of topogenie model export. " +
        "Nothing in the file is executed.",
    )
    .argument("<file>", "what torch.save wrote (PyTorch 1.6 or later), or a safetensors file")
    .requiredOption("--out <folder>", "checkpoint to write")
    .option(
      "--vocabulary <file>",
      "JSON list of all tokens in the order of their numbers, AnalogGenie's TRUNCATE included; without it they are named by their " +
        "numbers, and the model cannot write circuits (files of topogenie model export have theirs in them)",
    )
    .option("--heads <number>", "attention heads, which nanoGPT's weights do not tell", wholeNumberFrom(1))
    .addOption(
      new Option("--activation <name>", "of the perceptron, if not relu (AnalogGenie) or gelu (nanoGPT)").choices(
        gptConfigSchema.shape.activation.unwrap().options,
      ),
    )
    .option("--dropout <share>", "for training it further", Number)
    .addHelpText("after", "\nExample:\n  topogenie model import Pretrain.pth --vocabulary tokens.json --out models/analoggenie")
    .action(async (file: string, options: ImportOptions) => {
      const { state, layout, vocabulary: own } = await importWeights(file, options);
      const size = state.config.vocabularySize;
      const words = options.vocabulary === undefined ? (own ?? numbered(size)) : await readVocabulary(options.vocabulary, size);
      const samplable = withSpecialTokens(state, words);
      const { vocabulary } = samplable ?? { vocabulary: words };
      await saveCheckpoint(resolve(options.out), {
        ...(samplable ?? { state, vocabulary }),
        corpusHash: "imported",
        metrics: {},
      });
      const { layers, heads, width, context } = state.config;
      const parameters = parameterCount(state.config);
      session
        .output()
        .result(
          `Read the layout ${layout}: ${layers} layers, ${heads} heads, ${width} wide, context ${context}, vocabulary ${size}, ` +
            `${parameters} parameters.\nWrote ${relative(process.cwd(), resolve(options.out))}` +
            (samplable !== undefined
              ? `\nIts sentences begin with ${samplable.startsWith}, which the start token stands for, and TRUNCATE ends them. Sample it with encode.scheme: eulerian.`
              : isUsable(vocabulary)
                ? ""
                : `\nIts vocabulary neither begins with ${specialTokens.join(", ")}, as every scheme's does, nor has AnalogGenie's VSS and TRUNCATE: it can be trained and exported, and cannot write circuits.`),
          { out: resolve(options.out), layout, parameters, config: state.config },
        );
    });
  model
    .command("export")
    .summary("write a checkpoint's weights for other programs")
    .argument("<checkpoint>", "a checkpoint's folder, or a run's 3-train/model (its best)")
    .addOption(
      new Option(
        "--format <format>",
        "safetensors: by Topogenie's own names; onnx: an inference graph; analoggenie: safetensors in the layout of AnalogGenie's " +
          "network, for PyTorch's load_state_dict",
      )
        .choices(Object.keys(formats))
        .makeOptionMandatory(),
    )
    .requiredOption("--out <file>", "file to write")
    .addHelpText("after", "\nExample:\n  topogenie model export runs/opamp/3-train/model --format onnx --out opamp.onnx")
    .action(async (folder: string, { format, out }: { format: string; out: string }) => {
      const bytes = formats[format]?.(await loadBestCheckpoint(folder)) ?? new Uint8Array();
      await writeAtomic(resolve(out), bytes);
      session.output().result(`Wrote ${out} (${bytes.length} bytes)`, { out: resolve(out), format, bytes: bytes.length });
    });
}

function isUsable(vocabulary: readonly string[]): boolean {
  return specialTokens.every((token, id) => vocabulary[id] === token);
}

function numbered(size: number): string[] {
  return Array.from({ length: size }, (_, id) => `token ${id}`);
}

async function readVocabulary(file: string, size: number): Promise<string[]> {
  const refuse = (why: string, cause?: unknown): TopogenieError =>
    new TopogenieError("VOCABULARY_INVALID", `${file} ${why}. It must be a JSON list of ${size} different words.`, { cause });
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw refuse(`cannot be read: ${(cause as Error).message}`, cause);
  }
  // A run's vocabulary.json has the list under `tokens`.
  const list = Array.isArray(parsed) ? parsed : (parsed as { tokens?: unknown } | null)?.tokens;
  if (!Array.isArray(list) || list.some((token) => typeof token !== "string")) throw refuse("holds no list of words");
  const tokens = list as string[];
  if (tokens.length !== size) throw refuse(`has ${tokens.length} tokens, and the model ${size}`);
  if (new Set(tokens).size !== size) throw refuse("has a word twice");
  return tokens;
}

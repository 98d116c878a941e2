import { open, readFile } from "node:fs/promises";
import { z } from "zod";
import type { GptConfig, HostTensor, ModelState } from "../../contracts/model-backend.js";
import { TopogenieError } from "../../runtime/error.js";
import { gptConfigSchema } from "../gpt-parameters.js";
import { decodeSafetensors, encodeSafetensors, readSafetensorsMetadata } from "../safetensors.js";
import { fromAnalogGenie, isAnalogGenie } from "./analoggenie-layout.js";
import { fromNanoGpt, isNanoGpt } from "./nanogpt-layout.js";
import { modelOf } from "./state-dict.js";
import { readTorchFile } from "./torch-file.js";

export interface WeightsImport {
  /** Of nanoGPT's layout, whose weights do not tell it. */
  readonly heads?: number | undefined;
  /** Default: ReLU for AnalogGenie's layout, GELU for nanoGPT's. */
  readonly activation?: NonNullable<GptConfig["activation"]> | undefined;
  /** For further training. Default 0. */
  readonly dropout?: number | undefined;
}

export interface ImportedWeights {
  readonly state: ModelState;
  readonly layout: "topogenie" | "analoggenie" | "nanogpt";
  /** Every token in the order of ids, where the file says them. */
  readonly vocabulary?: readonly string[];
}

/** Masks that PyTorch keeps beside the weights; they are large, and computed here. */
const MASK = /\.(tril|attn\.bias|attn\.masked_bias)$/;
const ZIP = "PK\x03\x04";
/** A pickle with PyTorch's magic number: the format before version 1.6. */
const OLD_TORCH = "\x80\x02\x8a\x0al\xfc\x9c\x46";

/**
 * Reads a model from a file of weights: PyTorch's `.pth` (nothing in it is executed) or safetensors, in the layout of
 * AnalogGenie's network, of nanoGPT or of Topogenie itself. Floats of 16 or 64 bits become such of 32.
 *
 * Throws `WEIGHTS_FILE_INVALID` when the file cannot be read, `STATE_DICT_INVALID` when its weights are not all there, both
 * naming the file.
 */
export async function importWeights(file: string, options: WeightsImport = {}): Promise<ImportedWeights> {
  try {
    return (await isZip(file)) ? await fromTorch(file, options) : await fromSafetensors(file, options);
  } catch (cause) {
    if (cause instanceof TopogenieError) throw new TopogenieError(cause.code, `${file}: ${cause.message}`, { cause });
    throw unreadable(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

const metadataSchema = z.object({ config: z.string(), vocabulary: z.string() });

/** A model as one safetensors file: weights by their own names, with config and vocabulary in its metadata. */
export function exportSafetensors({ config, tensors }: ModelState, vocabulary: readonly string[]): Uint8Array {
  const weights = new Map([...tensors].filter(([name]) => !name.startsWith("adam.")));
  return encodeSafetensors(weights, {
    format: "topogenie",
    config: JSON.stringify(config),
    vocabulary: JSON.stringify(vocabulary),
  });
}

async function fromTorch(file: string, options: WeightsImport): Promise<ImportedWeights> {
  const { tensors, values } = await readTorchFile(file, (name) => !MASK.test(name));
  const settings = values.get("model_args");
  const heads = settings instanceof Map ? (settings as Map<unknown, unknown>).get("n_head") : undefined;
  return modelFrom(tensors, { ...options, heads: options.heads ?? (typeof heads === "number" ? heads : undefined) });
}

async function fromSafetensors(file: string, options: WeightsImport): Promise<ImportedWeights> {
  const bytes = await readFile(file);
  const start = bytes.subarray(0, 8).toString("latin1");
  if (start.startsWith(OLD_TORCH)) {
    throw new Error("it is in the format that PyTorch wrote before version 1.6: load it there, and save it again");
  }
  const tensors = decodeSafetensors(bytes, (name) => !MASK.test(name));
  const metadata = metadataSchema.safeParse(readSafetensorsMetadata(bytes));
  if (!metadata.success) return modelFrom(tensors, options);
  const config = gptConfigSchema.parse(JSON.parse(metadata.data.config));
  const vocabulary = z.array(z.string()).parse(JSON.parse(metadata.data.vocabulary));
  const state = modelOf({ ...config, dropout: options.dropout ?? config.dropout }, tensors, "Topogenie's own export");
  return { state, layout: "topogenie", vocabulary };
}

function modelFrom(weights: ReadonlyMap<string, HostTensor>, options: WeightsImport): ImportedWeights {
  const { heads, activation, dropout = 0 } = options;
  if (isAnalogGenie(weights)) {
    const state = fromAnalogGenie(weights, dropout);
    return {
      state: activation === undefined ? state : { ...state, config: { ...state.config, activation } },
      layout: "analoggenie",
    };
  }
  if (isNanoGpt(weights)) {
    if (heads === undefined) {
      throw new TopogenieError(
        "STATE_DICT_INVALID",
        "weights in nanoGPT's layout do not say how many heads there are: give --heads.",
      );
    }
    return { state: fromNanoGpt(weights, { heads, activation: activation ?? "gelu", dropout }), layout: "nanogpt" };
  }
  const names = [...weights.keys()].slice(0, 3).map((name) => `"${name}"`);
  throw new TopogenieError(
    "STATE_DICT_INVALID",
    (names.length === 0 ? "there are no floating-point tensors in it. " : `its first tensors are ${names.join(", ")}. `) +
      'A model has "token_embedding_table.weight" (AnalogGenie\'s layout), "transformer.wte.weight" (nanoGPT\'s), or is one that ' +
      "topogenie model export wrote.",
  );
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1") === ZIP;
  } finally {
    await handle.close();
  }
}

function unreadable(file: string, reason: string, cause: unknown): TopogenieError {
  return new TopogenieError(
    "WEIGHTS_FILE_INVALID",
    `${file} cannot be read as weights: ${reason}. Give a .pth or .pt file that torch.save wrote, or a .safetensors file; if it is one, copy it again.`,
    { cause },
  );
}

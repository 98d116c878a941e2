import { z } from "zod";
import type { GptConfig, HostTensor } from "../contracts/model-backend.js";
import { TopogenieError } from "../runtime/error.js";
import { createRng } from "../runtime/rng.js";

/** One weight of the network. Matrices are input-major: y = x W with W `[inputs, outputs]`. */
export interface GptParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial:
    { readonly kind: "zeros" } | { readonly kind: "ones" } | { readonly kind: "normal"; readonly deviation: number };
}

/** The config of a network with every default filled in. */
export type ResolvedGptConfig = Required<GptConfig>;

/** Standard deviation of initial weights (Radford et al., GPT-2, 2019). */
const DEVIATION = 0.02;

export const gptConfigSchema = z.strictObject({
  layers: z.int().min(1),
  heads: z.int().min(1),
  width: z.int().min(1),
  context: z.int().min(1),
  vocabularySize: z.int().min(4),
  dropout: z.number().min(0).lt(1),
  norm: z.enum(["layer", "rms"]).default("layer"),
  positions: z.enum(["learned", "rotary"]).default("learned"),
  activation: z.enum(["relu", "gelu", "squared-relu", "swiglu"]).default("relu"),
  qkNorm: z.boolean().default(false),
  tiedHead: z.boolean().default(false),
});

/** Fills in the defaults. Throws `MODEL_CONFIG_INVALID` naming the key. */
export function resolveGptConfig(config: GptConfig): ResolvedGptConfig {
  const parsed = gptConfigSchema.safeParse(config);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  const { width, heads, positions } = parsed.data;
  if (width % heads !== 0) throw invalid(`width ${width} cannot be shared out to ${heads} heads: choose a multiple of heads.`);
  if (positions === "rotary" && (width / heads) % 2 !== 0) {
    throw invalid(
      `rotary positions turn pairs, and a head is ${width / heads} wide: choose a width that is an even multiple of heads.`,
    );
  }
  return parsed.data;
}

/** Width of the perceptron's hidden layer: SwiGLU's is 8/3 of the width, in steps of 8, so that its size stays the same. */
export function hiddenWidth(config: ResolvedGptConfig): number {
  return config.activation === "swiglu" ? Math.ceil((config.width * 8) / 3 / 8) * 8 : 4 * config.width;
}

/**
 * The weights of the network in the order in which they are kept.
 *
 * Without variants it is AnalogGenie's network: learned positions, LayerNorm before each block, queries, keys and values
 * without bias, a ReLU perceptron four times as wide, an untied head with bias. Initial values as in GPT-2 and nanoGPT: normal
 * with deviation 0.02, projections onto the residual stream 0.02 / √(2 layers), biases 0, gains 1.
 */
export function gptParameters(config: GptConfig): GptParameter[] {
  const resolved = resolveGptConfig(config);
  const { layers, width, context, vocabularySize } = resolved;
  const residual = DEVIATION / Math.sqrt(2 * layers);
  const hidden = hiddenWidth(resolved);
  const matrix = (name: string, rows: number, columns: number, deviation = DEVIATION): GptParameter => ({
    name,
    shape: [rows, columns],
    initial: { kind: "normal", deviation },
  });
  const bias = (name: string, size: number): GptParameter => ({ name, shape: [size], initial: { kind: "zeros" } });
  const norm = (name: string): GptParameter[] => [
    { name: `${name}.gain`, shape: [width], initial: { kind: "ones" } },
    ...(resolved.norm === "layer" ? [bias(`${name}.bias`, width)] : []),
  ];
  const block = (prefix: string): GptParameter[] => [
    ...norm(`${prefix}.norm1`),
    matrix(`${prefix}.attention.qkv`, width, 3 * width),
    matrix(`${prefix}.attention.projection`, width, width, residual),
    bias(`${prefix}.attention.projection.bias`, width),
    ...norm(`${prefix}.norm2`),
    ...(resolved.activation === "swiglu" ? [matrix(`${prefix}.mlp.gate`, width, hidden)] : []),
    matrix(`${prefix}.mlp.expand`, width, hidden),
    bias(`${prefix}.mlp.expand.bias`, hidden),
    matrix(`${prefix}.mlp.contract`, hidden, width, residual),
    bias(`${prefix}.mlp.contract.bias`, width),
  ];
  return [
    matrix("embedding.tokens", vocabularySize, width),
    ...(resolved.positions === "learned" ? [matrix("embedding.positions", context, width)] : []),
    ...Array.from({ length: layers }, (_, layer) => block(`blocks.${layer}`)).flat(),
    ...norm("norm"),
    ...(resolved.tiedHead ? [] : [matrix("head", width, vocabularySize)]),
    bias("head.bias", vocabularySize),
  ];
}

/** The same seed gives the same weights on every machine and for every backend. */
export function initialWeights(config: GptConfig, seed: number): Map<string, HostTensor> {
  const rng = createRng(seed).fork("weights");
  return new Map(
    gptParameters(config).map(({ name, shape, initial }) => {
      const data = new Float32Array(elements(shape));
      const own = rng.fork(name);
      if (initial.kind === "ones") data.fill(1);
      else if (initial.kind === "normal") for (let i = 0; i < data.length; i++) data[i] = initial.deviation * own.normal();
      return [name, { shape, data }];
    }),
  );
}

export function parameterCount(config: GptConfig): number {
  return gptParameters(config).reduce((sum, { shape }) => sum + elements(shape), 0);
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function invalid(reason: string): TopogenieError {
  return new TopogenieError("MODEL_CONFIG_INVALID", `The model's config cannot be used: ${reason}`);
}

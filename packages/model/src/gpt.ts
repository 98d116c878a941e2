import type { DropoutPlace, ResolvedGptConfig } from "@topogenie/core";
import { gelu, relu, silu, squaredRelu } from "./autodiff/activations.js";
import { add, multiply } from "./autodiff/arithmetic.js";
import { embedding } from "./autodiff/embedding.js";
import { reshape, split, transpose } from "./autodiff/layout.js";
import { linear } from "./autodiff/linear.js";
import { layerNormalization, rmsNormalization } from "./autodiff/normalization.js";
import { rotary } from "./autodiff/rotary.js";
import type { Tape } from "./autodiff/tape.js";
import type { Value } from "./onnx/graph.js";
import type { Dimension } from "./onnx/model-proto.js";

/** The base of rotary angles (Su et al., 2021). */
const ROTARY_BASE = 10_000;

export interface Heads {
  /** Each `[rows, heads, length, width / heads]`. */
  readonly query: Value;
  readonly key: Value;
  readonly value: Value;
}

/** At most one of `rows` and `length` is left to the run; the other is then 1. */
export interface GptInputs {
  readonly rows: Dimension;
  readonly length: Dimension;
  /** `[rows * length]`, int32. */
  readonly tokens: Value;
  /** `[rows * length]`, int32. */
  readonly positions: Value;
}

/** What differs between training, evaluation and sampling. */
export interface GptMode {
  /** How a layer's queries look at keys and values: `[rows, heads, length, width / heads]`. */
  attend(layer: number, heads: Heads): Value;
  /** Drops activations in training; elsewhere it gives back what it gets. */
  dropout(layer: number, place: DropoutPlace, x: Value): Value;
}

/** The network: logits `[rows * length, vocabularySize]`. */
export function gptLogits(
  tape: Tape,
  config: ResolvedGptConfig,
  weight: (name: string) => Value,
  inputs: GptInputs,
  mode: GptMode,
): Value {
  const { heads, width } = config;
  const { rows, length } = inputs;
  const headWidth = width / heads;
  const places = typeof rows === "string" ? rows : typeof length === "string" ? length : rows * length;
  const headsFirst: readonly Dimension[] = [rows, heads, length, headWidth];
  const angles = config.positions === "rotary" ? rotaryAngles(tape, config, inputs) : undefined;

  const norm = (x: Value, name: string): Value =>
    config.norm === "layer"
      ? layerNormalization(tape, x, weight(`${name}.gain`), weight(`${name}.bias`))
      : rmsNormalization(tape, x, weight(`${name}.gain`));
  const project = (x: Value, name: string): Value => linear(tape, x, weight(name), weight(`${name}.bias`));
  const place = (x: Value): Value => {
    const normalized = config.qkNorm ? rmsNormalization(tape, x) : x;
    return angles === undefined ? normalized : rotary(tape, normalized, angles.cosine, angles.sine);
  };

  function selfAttention(x: Value, layer: number): Value {
    const name = `blocks.${layer}.attention`;
    const qkv = reshape(tape, linear(tape, x, weight(`${name}.qkv`)), [rows, length, 3, heads, headWidth]);
    const parts = split(tape, transpose(tape, qkv, [2, 0, 3, 1, 4]), 0, 3);
    const [query, key, value] = parts.map((part) => reshape(tape, part, headsFirst)) as [Value, Value, Value];
    const looked = mode.attend(layer, { query: place(query), key: place(key), value });
    const joined = reshape(tape, transpose(tape, looked, [0, 2, 1, 3]), [places, width]);
    return mode.dropout(layer, "projection", project(joined, `${name}.projection`));
  }

  function perceptron(x: Value, layer: number): Value {
    const name = `blocks.${layer}.mlp`;
    const expanded = project(x, `${name}.expand`);
    const hidden =
      config.activation === "swiglu"
        ? multiply(tape, silu(tape, linear(tape, x, weight(`${name}.gate`))), expanded)
        : { relu, gelu, "squared-relu": squaredRelu }[config.activation](tape, expanded);
    return mode.dropout(layer, "contract", project(hidden, `${name}.contract`));
  }

  let x = embedding(tape, weight("embedding.tokens"), inputs.tokens);
  if (config.positions === "learned")
    x = add(
      tape,
      x,
      embedding(tape, weight("embedding.positions"), inputs.positions, typeof length === "number" ? length : undefined),
    );
  for (let layer = 0; layer < config.layers; layer++) {
    x = add(tape, x, selfAttention(norm(x, `blocks.${layer}.norm1`), layer));
    x = add(tape, x, perceptron(norm(x, `blocks.${layer}.norm2`), layer));
  }
  const last = norm(x, "norm");
  return config.tiedHead
    ? linear(tape, last, weight("embedding.tokens"), weight("head.bias"), true)
    : linear(tape, last, weight("head"), weight("head.bias"));
}

/** Cosines and sines of each token's angles, `[rows, 1, length, width / heads]`. */
function rotaryAngles(
  tape: Tape,
  config: ResolvedGptConfig,
  { rows, length, positions }: GptInputs,
): { cosine: Value; sine: Value } {
  const headWidth = config.width / config.heads;
  const table = (name: string, of: (angle: number) => number): Value => {
    const data = Float32Array.from({ length: config.context * headWidth }, (_, index) => {
      const pair = (index % headWidth) % (headWidth / 2);
      return of(Math.floor(index / headWidth) * ROTARY_BASE ** ((-2 * pair) / headWidth));
    });
    const rowsOfTable = tape.graph.initializer(name, "float32", [config.context, headWidth], data);
    return reshape(tape, embedding(tape, rowsOfTable, positions), [rows, 1, length, headWidth]);
  };
  return { cosine: table("rotary.cosine", Math.cos), sine: table("rotary.sine", Math.sin) };
}

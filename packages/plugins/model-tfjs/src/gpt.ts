import type { DropoutPlace, ResolvedGptConfig } from "@topogenie/core";
import type { Tensor } from "./engine.js";
import { activations, silu } from "./operators/activations.js";
import { add, multiply, reshape, splitColumns } from "./operators/arithmetic.js";
import type { AttentionInputs } from "./operators/attention.js";
import { embedding } from "./operators/embedding.js";
import { linear } from "./operators/linear.js";
import { layerNormalization, rmsNormalization } from "./operators/normalization.js";
import type { RotaryTables } from "./operators/rotary.js";
import { rotary } from "./operators/rotary.js";
import type { Tape } from "./tape.js";

/** The network's tensors. */
export interface Network {
  readonly config: ResolvedGptConfig;
  readonly weight: (name: string) => Tensor;
  /** Where positions are rotary. */
  readonly rotary: RotaryTables | undefined;
}

export interface GptInputs {
  /** `[n]`, int32. */
  readonly tokens: Tensor;
  /** `[n]`, int32. */
  readonly positions: Tensor;
  /** Positions are below this. */
  readonly length: number;
}

/** What differs between training, evaluation and sampling. */
export interface GptMode {
  /** How a layer's queries look at keys and values, each `[n, width]`. */
  attend(layer: number, heads: AttentionInputs): Tensor;
  /** Drops activations in training; elsewhere it gives back what it gets. */
  dropout(layer: number, place: DropoutPlace, x: Tensor): Tensor;
}

/** The network: logits `[n, vocabularySize]`, the caller's to dispose of. Between layers the process can do other work. */
export async function gptLogits(tape: Tape, network: Network, inputs: GptInputs, mode: GptMode): Promise<Tensor> {
  const { config, weight } = network;
  const { engine } = tape;

  const norm = (x: Tensor, name: string): Tensor =>
    config.norm === "layer"
      ? layerNormalization(tape, x, weight(`${name}.gain`), weight(`${name}.bias`))
      : rmsNormalization(tape, x, weight(`${name}.gain`));
  const project = (x: Tensor, name: string): Tensor => linear(tape, x, weight(name), weight(`${name}.bias`));
  const angles = network.rotary && engine.compute(() => anglesAt(network.rotary as RotaryTables, inputs.positions, tape));
  const place = (x: Tensor): Tensor => {
    const normalized = config.qkNorm
      ? reshape(tape, rmsNormalization(tape, reshape(tape, x, [-1, config.width / config.heads])), x.shape)
      : x;
    if (angles === undefined || network.rotary === undefined) return normalized;
    return rotary(tape, normalized, angles.cosine, angles.sine, network.rotary.quarterTurn);
  };

  function selfAttention(x: Tensor, layer: number): Tensor {
    const name = `blocks.${layer}.attention`;
    const qkv = linear(tape, x, weight(`${name}.qkv`));
    const [query, key, value] = splitColumns(tape, qkv, 3) as [Tensor, Tensor, Tensor];
    const looked = mode.attend(layer, { query: place(query), key: place(key), value });
    return mode.dropout(layer, "projection", project(looked, `${name}.projection`));
  }

  function perceptron(x: Tensor, layer: number): Tensor {
    const name = `blocks.${layer}.mlp`;
    const expanded = project(x, `${name}.expand`);
    const hidden =
      config.activation === "swiglu"
        ? multiply(tape, silu(tape, linear(tape, x, weight(`${name}.gate`))), expanded)
        : activations[config.activation](tape, expanded);
    return mode.dropout(layer, "contract", project(hidden, `${name}.contract`));
  }

  let x = engine.compute(() => {
    const words = embedding(tape, weight("embedding.tokens"), inputs.tokens);
    if (config.positions === "rotary") return words;
    return add(tape, words, embedding(tape, weight("embedding.positions"), inputs.positions, inputs.length));
  });
  const become = async (body: () => Tensor): Promise<void> => {
    const before = x;
    try {
      x = engine.compute(body);
    } finally {
      before.dispose();
    }
    await engine.breathe();
  };
  try {
    for (let layer = 0; layer < config.layers; layer++) {
      await become(() => add(tape, x, selfAttention(norm(x, `blocks.${layer}.norm1`), layer)));
      await become(() => add(tape, x, perceptron(norm(x, `blocks.${layer}.norm2`), layer)));
    }
    await become(() => {
      const last = norm(x, "norm");
      return config.tiedHead
        ? linear(tape, last, weight("embedding.tokens"), weight("head.bias"), true)
        : linear(tape, last, weight("head"), weight("head.bias"));
    });
  } finally {
    angles?.cosine.dispose();
    angles?.sine.dispose();
  }
  return x;
}

/** The tables' rows at these positions, `[n, width]`. */
function anglesAt({ cosine, sine }: RotaryTables, positions: Tensor, { tf }: Tape): { cosine: Tensor; sine: Tensor } {
  return { cosine: tf.gather(cosine, positions), sine: tf.gather(sine, positions) };
}

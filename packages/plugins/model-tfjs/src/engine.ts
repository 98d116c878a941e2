import type * as tfjs from "@tensorflow/tfjs-core";
import { TopogenieError } from "@topogenie/core";

export type Tf = typeof tfjs;
export type Tensor = tfjs.Tensor;

/** The backends' names, as a config's `train.backend` has them. */
export type EngineName = "tfjs-wasm" | "tfjs-node" | "tfjs-node-gpu";

export interface EngineDescription {
  readonly name: EngineName;
  /** TensorFlow.js's own name of what runs the operators. */
  readonly registered: string;
  readonly version: string;
  readonly device: string;
  readonly threads: number;
  /** Whether a stack of matrices is multiplied as fast as one large one, and a transposed matrix as fast as another. */
  readonly fastStacks: boolean;
}

/** Longest time for which the process hears no signal between two operators. */
const BREATH_MS = 50;

/** Who runs the operators. TensorFlow.js runs them at once and on this thread. */
export class Engine {
  readonly tf: Tf;
  readonly description: EngineDescription;
  #breathedAt = 0;

  constructor(tf: Tf, description: EngineDescription) {
    this.tf = tf;
    this.description = description;
  }

  /** One library serves several backends of a process, and knows one of them as the present one. */
  activate(): void {
    const { tf, description } = this;
    // A promise, but it takes effect at once.
    if (tf.getBackend() !== description.registered) void tf.setBackend(description.registered);
  }

  /** A tensor of these values, the caller's to dispose of. */
  upload(data: Float32Array | Int32Array, shape: readonly number[]): Tensor {
    this.activate();
    return this.tf.tensor(data, [...shape]);
  }

  /** Runs operators; of the tensors that they make only those that are returned stay. */
  compute<T extends tfjs.TensorContainer>(body: () => T): T {
    this.activate();
    try {
      return this.tf.tidy(body);
    } catch (error) {
      throw outOfMemory(error) ?? error;
    }
  }

  /** To be awaited between pieces of work, outside {@link compute}: lets signals and other work of the process have their turn. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#breathedAt < BREATH_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#breathedAt = performance.now();
  }

  /** The values of a float tensor, which is disposed of. */
  async read(tensor: Tensor): Promise<Float32Array> {
    this.activate();
    const data = (await tensor.data()) as Float32Array;
    tensor.dispose();
    return data;
  }
}

function outOfMemory(error: unknown): TopogenieError | undefined {
  const reason = error instanceof Error ? error.message : String(error);
  if (!/alloc|out of memory|\bOOM\b|out of bounds/i.test(reason)) return undefined;
  return new TopogenieError(
    "MODEL_OUT_OF_MEMORY",
    `The model ran out of memory (${reason.split("\n")[0] ?? ""}). Lower the batch's rows or length, or the model's width or layers.`,
    { cause: error },
  );
}

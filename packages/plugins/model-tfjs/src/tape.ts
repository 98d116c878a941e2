import type { Engine, Tensor, Tf } from "./engine.js";

/** From the gradients of an operator's outputs, and what it saved, to the gradients of its inputs: tensors of its own. */
export type GradientRule = (gradients: readonly Tensor[], saved: readonly Tensor[]) => readonly Tensor[];

interface Entry {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly saved: readonly Tensor[];
  readonly rule: GradientRule;
}

/**
 * Reverse-mode differentiation of operators that have been run. An operator records its rule and the tensors that the rule
 * needs; walking back, each is released as soon as it was used. The library's own tape keeps all of them, and every gradient on
 * the way, to the end, lacks rules that WebAssembly could run (of the embedding, for one), and holds the thread for a whole step.
 */
export class Tape {
  readonly engine: Engine;
  readonly #recording: boolean;
  #entries: Entry[] = [];

  constructor(engine: Engine, recording: boolean) {
    this.engine = engine;
    this.#recording = recording;
  }

  get tf(): Tf {
    return this.engine.tf;
  }

  /** @param saved what the rule needs; may share memory with anything, and stays until the rule was used */
  record(inputs: readonly Tensor[], outputs: readonly Tensor[], saved: readonly Tensor[], rule: GradientRule): void {
    if (!this.#recording) return;
    this.#entries.push({
      inputs: inputs.map(({ id }) => id),
      outputs: outputs.map(({ id }) => id),
      saved: saved.map((tensor) => this.tf.keep(this.tf.clone(tensor))),
      rule,
    });
  }

  /** The gradients of a scalar with respect to each of these; every one of them must take part in it. Empties the tape. */
  async gradients(of: Tensor, withRespectTo: readonly Tensor[]): Promise<Tensor[]> {
    const flowing = new Map<number, Tensor>([[of.id, this.engine.compute(() => this.tf.scalar(1))]]);
    try {
      for (let entry = this.#entries.pop(); entry !== undefined; entry = this.#entries.pop()) {
        this.#goBack(entry, flowing);
        await this.engine.breathe();
      }
      const found = withRespectTo.map((tensor) => flowing.get(tensor.id));
      if (found.some((gradient) => gradient === undefined)) throw new Error("A weight takes no part in the loss.");
      for (const { id } of withRespectTo) flowing.delete(id);
      return found as Tensor[];
    } finally {
      for (const gradient of flowing.values()) gradient.dispose();
      this.dispose();
    }
  }

  dispose(): void {
    for (const { saved } of this.#entries) for (const tensor of saved) tensor.dispose();
    this.#entries = [];
  }

  #goBack({ inputs, outputs, saved, rule }: Entry, flowing: Map<number, Tensor>): void {
    const arriving = outputs.map((id) => flowing.get(id));
    if (arriving.some((gradient) => gradient === undefined)) throw new Error("An operator's output takes no part in the loss.");
    const leaving = this.engine.compute(() => [...rule(arriving as Tensor[], saved)]);
    for (const id of outputs) flowing.delete(id);
    for (const tensor of [...(arriving as Tensor[]), ...saved]) tensor.dispose();
    inputs.forEach((id, index) => {
      const gradient = leaving[index] as Tensor;
      const sofar = flowing.get(id);
      if (sofar === undefined) return flowing.set(id, gradient);
      flowing.set(
        id,
        this.engine.compute(() => this.tf.add(sofar, gradient)),
      );
      sofar.dispose();
      return gradient.dispose();
    });
  }
}

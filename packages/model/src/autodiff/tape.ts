import type { OnnxGraph, Value } from "../onnx/graph.js";
import { add } from "./arithmetic.js";

/** From the gradient of an operator's output to the gradients of its inputs; undefined where there is none. */
export type GradientRule = (gradients: readonly (Value | undefined)[]) => readonly (Value | undefined)[];

interface Entry {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly rule: GradientRule;
}

/**
 * Reverse-mode differentiation of a graph under construction. Operators emit their forward nodes and record the rule of
 * their gradient; {@link gradients} walks the rules backwards and emits the nodes of the gradients. Rules are written with
 * the same operators: while gradients are being emitted nothing is recorded.
 */
export class Tape {
  readonly graph: OnnxGraph;
  readonly #entries: Entry[] = [];
  readonly #tracked = new Set<string>();
  #recording = true;

  constructor(graph: OnnxGraph) {
    this.graph = graph;
  }

  /** Gradients are wanted with respect to this tensor. */
  watch(value: Value): Value {
    this.#tracked.add(value.name);
    return value;
  }

  /** Whether a gradient flows to this tensor: rules may skip the others. */
  tracks(value: Value): boolean {
    return this.#tracked.has(value.name);
  }

  record(inputs: readonly Value[], outputs: readonly Value[], rule: GradientRule): void {
    if (!this.#recording || !inputs.some((input) => this.tracks(input))) return;
    for (const output of outputs) this.#tracked.add(output.name);
    this.#entries.push({ inputs, outputs, rule });
  }

  /** Emits nodes without recording them: for operators that state one rule for all they emit. */
  paused<T>(emit: () => T): T {
    const before = this.#recording;
    this.#recording = false;
    try {
      return emit();
    } finally {
      this.#recording = before;
    }
  }

  /** The gradients of a scalar with respect to each of these; every one of them must take part in it. */
  gradients(of: Value, withRespectTo: readonly Value[]): Value[] {
    const flowing = new Map<string, Value>([[of.name, this.graph.scalar(1)]]);
    this.paused(() => this.#walkBack(flowing));
    return withRespectTo.map((value) => {
      const gradient = flowing.get(value.name);
      if (gradient === undefined) throw new Error(`No gradient reaches "${value.name}".`);
      return gradient;
    });
  }

  #walkBack(flowing: Map<string, Value>): void {
    for (const { inputs, outputs, rule } of this.#entries.toReversed()) {
      const arriving = outputs.map((output) => flowing.get(output.name));
      if (arriving.every((gradient) => gradient === undefined)) continue;
      const leaving = rule(arriving);
      for (const [index, input] of inputs.entries()) {
        const gradient = leaving[index];
        if (gradient === undefined || !this.tracks(input)) continue;
        const sofar = flowing.get(input.name);
        flowing.set(input.name, sofar === undefined ? gradient : add(this, sofar, gradient));
      }
    }
  }
}

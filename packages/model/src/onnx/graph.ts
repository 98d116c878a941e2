import type { Attribute, Dimension, ElementType, InitializerProto, NodeProto, ValueProto } from "./model-proto.js";
import { encodeModel } from "./model-proto.js";

/** A tensor in a graph: what a node gives or takes. */
export type Value = ValueProto;

type Data = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/**
 * A graph of standard ONNX operators under construction. Only what the outputs need is written, so that operators may
 * emit generously.
 */
export class OnnxGraph {
  readonly #nodes: NodeProto[] = [];
  readonly #initializers = new Map<string, InitializerProto>();
  readonly #inputs: Value[] = [];
  readonly #outputs: Value[] = [];
  readonly #constants = new Map<string, Value>();
  #names = 0;

  input(name: string, type: ElementType, shape: readonly Dimension[]): Value {
    const value = { name, type, shape };
    this.#inputs.push(value);
    return value;
  }

  /** A tensor whose values are part of the graph. */
  initializer(name: string, type: ElementType, shape: readonly number[], data: Data): Value {
    this.#initializers.set(name, { name, type, shape, data });
    return { name, type, shape };
  }

  /** A float; equal ones are shared. */
  scalar(value: number): Value {
    return this.#constant(`float ${value}`, "float32", [], () => Float32Array.of(value));
  }

  /** A list of whole numbers, for shapes and axes; equal ones are shared. */
  integers(values: readonly number[]): Value {
    return this.#constant(`int64 ${values.join(" ")}`, "int64", [values.length], () => BigInt64Array.from(values, BigInt));
  }

  /** A whole number in 64 bits; equal ones are shared. */
  wholeNumber(value: number): Value {
    return this.#constant(`int64 ${value} alone`, "int64", [], () => BigInt64Array.of(BigInt(value)));
  }

  /** A whole number in 32 bits; equal ones are shared. */
  integer(value: number): Value {
    return this.#constant(`int32 ${value}`, "int32", [], () => Int32Array.of(value));
  }

  /** One node; the shapes and the type of what it gives are the caller's to know. */
  node(
    operator: string,
    inputs: readonly Value[],
    shapes: readonly (readonly Dimension[])[],
    attributes: Readonly<Record<string, Attribute>> = {},
    type: ElementType = "float32",
  ): Value[] {
    const outputs = shapes.map((shape) => ({ name: `v${this.#names++}`, type, shape }));
    this.#nodes.push({
      operator,
      inputs: inputs.map((input) => input.name),
      outputs: outputs.map((output) => output.name),
      attributes,
    });
    return outputs;
  }

  /** A node that gives one tensor. */
  emit(
    operator: string,
    inputs: readonly Value[],
    shape: readonly Dimension[],
    attributes: Readonly<Record<string, Attribute>> = {},
    type: ElementType = "float32",
  ): Value {
    return this.node(operator, inputs, [shape], attributes, type)[0] as Value;
  }

  /** Makes a tensor an output of the graph under a name of the caller's. */
  output(name: string, value: Value): void {
    const named = { name, type: value.type, shape: value.shape };
    this.#nodes.push({ operator: "Identity", inputs: [value.name], outputs: [name], attributes: {} });
    this.#outputs.push(named);
  }

  get outputNames(): readonly string[] {
    return this.#outputs.map((output) => output.name);
  }

  /** @param metadata what the file says of itself */
  encode(metadata: Readonly<Record<string, string>> = {}): Uint8Array {
    const needed = new Set(this.outputNames);
    const nodes: NodeProto[] = [];
    for (const node of this.#nodes.toReversed()) {
      if (!node.outputs.some((output) => needed.has(output))) continue;
      nodes.push(node);
      for (const input of node.inputs) needed.add(input);
    }
    const graph = {
      nodes: nodes.reverse(),
      initializers: [...this.#initializers.values()].filter((initializer) => needed.has(initializer.name)),
      inputs: this.#inputs.filter((input) => needed.has(input.name)),
      outputs: this.#outputs,
    };
    return encodeModel(graph, metadata);
  }

  #constant(key: string, type: ElementType, shape: readonly number[], data: () => Data): Value {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const value = this.initializer(`c${this.#constants.size}`, type, shape, data());
    this.#constants.set(key, value);
    return value;
  }
}

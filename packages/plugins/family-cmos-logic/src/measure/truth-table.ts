/** Outputs of each combination of inputs, as bits, in the order of combinations; bit k is output k. */
export interface TruthTable {
  readonly outputs: readonly number[];
  /** Combinations that gave other outputs when reached another way: what a latch does, and a gate does not. */
  readonly remembered: number;
}

/** @param readings combinations with the outputs that were read, in the order of reading */
export function truthTable(inputs: number, readings: readonly (readonly [combination: number, outputs: number])[]): TruthTable {
  const outputs = Array.from({ length: 2 ** inputs }, () => 0);
  const seen = new Map<number, number>();
  const remembered = new Set<number>();
  for (const [combination, read] of readings) {
    if ((seen.get(combination) ?? read) !== read) remembered.add(combination);
    seen.set(combination, read);
    outputs[combination] = read;
  }
  return { outputs, remembered: remembered.size };
}

/** Share of inputs that change some output in some combination of the others. */
export function shareOfInputsThatMatter(inputs: number, { outputs }: TruthTable): number {
  const mattering = Array.from({ length: inputs }, (_, input) =>
    outputs.some((value, combination) => value !== outputs[combination ^ (1 << input)]),
  );
  return mattering.filter(Boolean).length / inputs;
}

/** Share of outputs that take both values. */
export function shareOfOutputsThatChange(count: number, { outputs }: TruthTable): number {
  const changing = Array.from({ length: count }, (_, output) => new Set(outputs.map((value) => (value >> output) & 1)).size > 1);
  return changing.filter(Boolean).length / count;
}

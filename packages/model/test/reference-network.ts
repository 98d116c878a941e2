import type { StateDict } from "@topogenie/core";

type Matrix = readonly (readonly number[])[];

/**
 * AnalogGenie's network written down once more, as plainly as can be and in 64-bit floats, from its definition in PyTorch:
 * something to compare logits with that shares no code with the graphs.
 */
export function referenceLogits(weights: StateDict, tokens: readonly number[], layers: number, heads: number): Matrix {
  const matrix = (name: string): Matrix => {
    const tensor = weights.get(name);
    if (tensor === undefined) throw new Error(`${name} is missing.`);
    const columns = tensor.shape.at(-1) ?? 1;
    return Array.from({ length: tensor.data.length / columns }, (_, row) => [
      ...tensor.data.subarray(row * columns, (row + 1) * columns),
    ]);
  };
  const vector = (name: string): readonly number[] => matrix(name)[0] as readonly number[];
  const linear = (x: Matrix, name: string, bias = true): Matrix => {
    const w = matrix(`${name}.weight`);
    const b = bias ? vector(`${name}.bias`) : [];
    return x.map((row) => w.map((column, index) => dot(row, column) + (b[index] ?? 0)));
  };
  const norm = (x: Matrix, name: string): Matrix => {
    const gain = vector(`${name}.weight`);
    const bias = vector(`${name}.bias`);
    return x.map((row) => {
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
      return row.map((value, index) => ((value - mean) / Math.sqrt(variance + 1e-5)) * (gain[index] ?? 0) + (bias[index] ?? 0));
    });
  };
  const head = (x: Matrix, name: string): Matrix => {
    const [query, key, value] = ["query", "key", "value"].map((part) => linear(x, `${name}.${part}`, false)) as [
      Matrix,
      Matrix,
      Matrix,
    ];
    return query.map((q, now) => {
      const scores = key.slice(0, now + 1).map((k) => Math.exp(dot(q, k) / Math.sqrt(q.length)));
      const total = scores.reduce((sum, score) => sum + score, 0);
      return q.map((_, column) => scores.reduce((sum, score, then) => sum + (score / total) * (value[then]?.[column] ?? 0), 0));
    });
  };
  const add = (a: Matrix, b: Matrix): Matrix =>
    a.map((row, index) => row.map((value, column) => value + (b[index]?.[column] ?? 0)));

  const words = matrix("token_embedding_table.weight");
  const places = matrix("position_embedding_table.weight");
  let x: Matrix = tokens.map((token, place) =>
    (words[token] ?? []).map((value, column) => value + (places[place]?.[column] ?? 0)),
  );
  for (let layer = 0; layer < layers; layer++) {
    const block = `blocks.${layer}`;
    const normalized = norm(x, `${block}.ln1`);
    const parts = Array.from({ length: heads }, (_, index) => head(normalized, `${block}.sa.heads.${index}`));
    const joined = x.map((_, row) => parts.flatMap((part) => part[row] ?? []));
    x = add(x, linear(joined, `${block}.sa.proj`));
    const hidden = linear(norm(x, `${block}.ln2`), `${block}.ffwd.net.0`).map((row) => row.map((value) => Math.max(0, value)));
    x = add(x, linear(hidden, `${block}.ffwd.net.2`));
  }
  return linear(norm(x, "ln_f"), "lm_head");
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

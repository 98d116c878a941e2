/** Throws a RangeError unless these are rows of a sampler, ascending: `TokenSampler.keep` takes no others. */
export function checkKeptRows(kept: readonly number[], rows: number): void {
  kept.forEach((row, index) => {
    if (!Number.isInteger(row) || row < 0 || row >= rows || row <= (kept[index - 1] ?? -1)) {
      throw new RangeError(`Rows to keep must be ascending and below ${rows}.`);
    }
  });
}

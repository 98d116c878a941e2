/** Letters of 4 by 6 units as relative path data from their upper left corner: a symbol holds paths alone. */
const glyphs = {
  A: "m0 6 l2 -6 l2 6 m-3.3 -2 h2.6",
  B: "v6 h3 l1 -1.5 l-1 -1.5 h-3 m0 -3 h3 l0.6 1.5 l-0.6 1.5",
  D: "v6 h2 l2 -2 v-2 l-2 -2 z",
  F: "m0 6 v-6 h4 m-4 3 h3",
  P: "m0 6 v-6 h3 l1 1.5 l-1 1.5 h-3",
  Q: "m1.3 0 h1.4 l1.3 1.5 v3 l-1.3 1.5 h-1.4 l-1.3 -1.5 v-3 z m1.2 4.2 l1.5 1.8",
} as const;

const ADVANCE = 6;

/** One stroke for each letter; the first has its upper left corner at `x`, `y`. */
export function strokeText(letters: readonly (keyof typeof glyphs)[], x: number, y: number): readonly string[] {
  return letters.map((letter, index) => `M${x + index * ADVANCE} ${y} ${glyphs[letter]}`);
}

type Letter = "A" | "B" | "D" | "F" | "P" | "Q";

/** Letters as strokes on a box of 4 by 6 units, since a symbol holds paths alone. */
const GLYPHS: Readonly<Record<Letter, readonly (readonly (readonly [x: number, y: number])[])[]>> = {
  A: [
    [
      [0, 6],
      [2, 0],
      [4, 6],
    ],
    [
      [0.7, 4],
      [3.3, 4],
    ],
  ],
  B: [
    [
      [0, 3],
      [3, 3],
      [4, 4.5],
      [3, 6],
      [0, 6],
      [0, 0],
      [3, 0],
      [3.6, 1.5],
      [3, 3],
    ],
  ],
  D: [
    [
      [0, 0],
      [2, 0],
      [4, 2],
      [4, 4],
      [2, 6],
      [0, 6],
      [0, 0],
    ],
  ],
  F: [
    [
      [0, 6],
      [0, 0],
      [4, 0],
    ],
    [
      [0, 3],
      [3, 3],
    ],
  ],
  P: [
    [
      [0, 6],
      [0, 0],
      [3, 0],
      [4, 1.5],
      [3, 3],
      [0, 3],
    ],
  ],
  Q: [
    [
      [1.3, 0],
      [2.7, 0],
      [4, 1.5],
      [4, 4.5],
      [2.7, 6],
      [1.3, 6],
      [0, 4.5],
      [0, 1.5],
      [1.3, 0],
    ],
    [
      [2.5, 4.2],
      [4, 6],
    ],
  ],
};

const ADVANCE = 6;

/** Strokes of a text whose upper left corner is at `x`, `y`. */
export function strokeText(letters: readonly Letter[], x: number, y: number): readonly string[] {
  return letters.flatMap((letter, index) =>
    GLYPHS[letter].map(
      (points) => `M${points.map(([px, py]) => `${round(x + index * ADVANCE + px)} ${round(y + py)}`).join(" L")}`,
    ),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

type Point = readonly [x: number, y: number];

/** How many numbers each command takes a time; the end point is the last two of them, save for `H` and `V`. */
const NUMBERS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };

/**
 * The points that an SVG path (SVG 2, section 9.3) begins, bends or ends at, control points left out.
 * Throws on anything that is no path.
 */
export function svgPathVertices(path: string): readonly Point[] {
  const words = path.match(/[a-z]|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[^\s,]/gi) ?? [];
  const vertices: Point[] = [];
  let start: Point = [0, 0];
  let here: Point = [0, 0];
  let command = "";
  for (let index = 0; index < words.length;) {
    const word = words[index] ?? "";
    if (/[a-z]/i.test(word)) {
      command = word;
      index++;
    }
    const count = NUMBERS[command.toUpperCase()];
    const numbers = words.slice(index, index + (count ?? 0)).map(Number);
    if (count === undefined || numbers.length < count || numbers.some(Number.isNaN) || (count === 0 && !/[a-z]/i.test(word))) {
      throw new Error(`"${path}" is not SVG path data: trouble at "${words.slice(index).join(" ") || word}"`);
    }
    index += count;
    const [fromX, fromY] = command === command.toLowerCase() ? here : [0, 0];
    const last = numbers.at(-1) ?? 0;
    switch (command.toUpperCase()) {
      case "Z":
        here = start;
        break;
      case "H":
        here = [fromX + last, here[1]];
        break;
      case "V":
        here = [here[0], fromY + last];
        break;
      default:
        here = [fromX + (numbers.at(-2) ?? 0), fromY + last];
    }
    if (command.toUpperCase() === "M") {
      start = here;
      command = command === "m" ? "l" : "L";
    }
    vertices.push(here);
  }
  return vertices;
}

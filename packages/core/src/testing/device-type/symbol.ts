import type { DeviceType } from "../../contracts/device-type.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { svgPathVertices } from "./svg-path-vertices.js";

/** Units between two lines of the drawing grid. */
const GRID = 10;

/** What every schematic symbol promises. */
export function schematicSymbol({ pins, symbol }: DeviceType): readonly BehaviourCheck[] {
  const check = (name: string, run: () => void): BehaviourCheck => ({ name, run });
  return [
    check("has a symbol whose pins are the device's and lie on the grid and the outline", () => {
      const names = pins.map((pin) => pin.name);
      const drawn = Object.keys(symbol.pins);
      promise(
        names.length === drawn.length && names.every((name) => drawn.includes(name)),
        `the symbol has pins ${drawn.join(" ")}, the device ${names.join(" ")}`,
      );
      promise(
        symbol.width > 0 && symbol.height > 0 && symbol.width % GRID === 0 && symbol.height % GRID === 0,
        `width and height must be multiples of ${GRID}, not ${symbol.width} by ${symbol.height}`,
      );
      const taken = new Set<string>();
      for (const [name, { x, y, side }] of Object.entries(symbol.pins)) {
        promise(x % GRID === 0 && y % GRID === 0, `pin "${name}" at ${x}, ${y} is off the grid of ${GRID}`);
        const onSide = { north: y === 0, south: y === symbol.height, west: x === 0, east: x === symbol.width }[side];
        const inside = x >= 0 && x <= symbol.width && y >= 0 && y <= symbol.height;
        promise(onSide && inside, `pin "${name}" at ${x}, ${y} is not on the ${side} side of the outline`);
        promise(!taken.has(`${x},${y}`), `two pins lie at ${x}, ${y}`);
        taken.add(`${x},${y}`);
      }
    }),
    check("has a symbol drawn within its outline, with a stroke to every pin", () => {
      promise(symbol.strokes.length > 0, "the symbol has no strokes");
      const stroked = symbol.strokes.flatMap(svgPathVertices);
      for (const [x, y] of [...stroked, ...symbol.fills.flatMap(svgPathVertices)]) {
        promise(x >= 0 && x <= symbol.width && y >= 0 && y <= symbol.height, `the drawing leaves the outline at ${x}, ${y}`);
      }
      for (const [name, pin] of Object.entries(symbol.pins)) {
        promise(
          stroked.some(([x, y]) => x === pin.x && y === pin.y),
          `no stroke meets pin "${name}" at ${pin.x}, ${pin.y}: a wire would end in the air`,
        );
      }
    }),
  ];
}

// Lays the same circuits out in both ways, by the pair-aware placer and by ELK, and prints what each drawing is like: crossings,
// bends and length of its wires, names that stand for a wire, labels without a free place, its size, and the time. A folder as
// the second argument gets the pictures.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Circuit, createRng } from "@topogenie/core";
import { elkLayout } from "../../packages/report/dist/schematic/elk-layout.js";
import { pairedLayout } from "../../packages/report/dist/schematic/paired-layout.js";
import { drawingToSvg } from "../../packages/report/dist/schematic/svg.js";
import { deviceTypes, loadDataset } from "../circuit/load-dataset.mjs";

const layouts = { paired: pairedLayout, elk: elkLayout };
const pictures = process.argv[3];
if (pictures !== undefined) mkdirSync(pictures, { recursive: true });

function circuit(name, ports, lines) {
  const devices = lines.split(",").map((line) => {
    const words = line.trim().split(/\s+/);
    return { name: words[0], nets: words.slice(1, -1), type: words.at(-1) };
  });
  return new Circuit({ name, ports: ports.split(" "), devices });
}

/** As many MOS transistors and passive devices as a designer would use, between nets drawn at random. */
function randomCircuit(size) {
  const rng = createRng(`random ${size}`);
  const names = ["nmos4", "nmos4", "pmos4", "pmos4", "resistor", "capacitor"];
  const inner = Array.from({ length: Math.ceil(size * 0.8) }, (_, index) => `n${index}`);
  const ports = ["VDD", "VSS", "VIN1", "VOUT1", "VB1"];
  const nets = [...ports, ...inner];
  const pick = (items) => items[rng.integer(items.length)];
  const devices = Array.from({ length: size }, (_, index) => {
    const type = deviceTypes.get(pick(names));
    return { name: `X${index}`, type: type.name, nets: type.pins.map(() => pick(nets)) };
  });
  return new Circuit({ name: `random ${size}`, ports, devices });
}

const textbook = [
  circuit(
    "5T OTA",
    "VDD VSS VIN1 VIN2 VOUT1 VB1",
    "M1 n1 VIN1 tail VSS nmos4, M2 VOUT1 VIN2 tail VSS nmos4, M3 n1 n1 VDD VDD pmos4, M4 VOUT1 n1 VDD VDD pmos4, M5 tail VB1 VSS VSS nmos4",
  ),
  circuit(
    "Miller",
    "VDD VSS VIN1 VIN2 VOUT1 IB1",
    "M1 n1 VIN1 tail VSS nmos4, M2 n2 VIN2 tail VSS nmos4, M3 n1 n1 VDD VDD pmos4, M4 n2 n1 VDD VDD pmos4, M5 tail IB1 VSS VSS nmos4, M6 VOUT1 n2 VDD VDD pmos4, M7 VOUT1 IB1 VSS VSS nmos4, M8 IB1 IB1 VSS VSS nmos4, R1 n2 z resistor, C1 z VOUT1 capacitor",
  ),
  circuit(
    "folded cascode",
    "VDD VSS VIN1 VIN2 VOUT1 VB1 VB2 VB3 VB4",
    "M1 f1 VIN1 tail well pmos4, M2 f2 VIN2 tail well pmos4, M3 tail VB1 VDD VDD pmos4, M4 f1 VB4 VSS VSS nmos4, M5 f2 VB4 VSS VSS nmos4, M6 m VB3 f1 f1 nmos4, M7 VOUT1 VB3 f2 f2 nmos4, M8 m VB2 p1 VDD pmos4, M9 VOUT1 VB2 p2 VDD pmos4, M10 p1 m VDD VDD pmos4, M11 p2 m VDD VDD pmos4",
  ),
];

/** Crossings of different nets' wires, corners, and length in units. */
function measure({ wires, labels, area }) {
  const lines = wires.flatMap(({ net, segments }, wire) => segments.map(([from, to]) => ({ wire, net, from, to })));
  const along = lines.filter(({ from, to }) => from.y === to.y);
  const upright = lines.filter(({ from, to }) => from.x === to.x);
  let crossings = 0;
  let bends = 0;
  for (const one of along) {
    for (const other of upright) {
      const x = other.from.x;
      const y = one.from.y;
      if (x < one.from.x || x > one.to.x || y < other.from.y || y > other.to.y) continue;
      if (one.net !== other.net) crossings++;
      else if (one.wire === other.wire && (x === one.from.x || x === one.to.x) && (y === other.from.y || y === other.to.y))
        bends++;
    }
  }
  return {
    crossings,
    bends,
    length: lines.reduce((sum, { from, to }) => sum + to.x - from.x + to.y - from.y, 0),
    names: labels.filter(({ port }) => !port).length,
    flags: labels.filter(({ port }) => port).length,
    crowded: labels.filter(({ crowded }) => crowded).length,
    width: Math.round(area.right - area.left),
    height: Math.round(area.bottom - area.top),
  };
}

const dataset = await loadDataset();
const numbered = ["300", "1800", "1850", "2200", "1049"].map((number) => {
  const found = dataset.find(({ name }) => name === number);
  if (found === undefined) throw new Error(`the dataset has no circuit ${number}`);
  return found;
});
const columns = ["crossings", "bends", "length", "names", "flags", "crowded", "width", "height", "aspect", "area", "ms"];
console.log(
  `${"circuit".padEnd(16)}${"devices".padStart(8)}  ${"layout".padEnd(7)}${columns.map((name) => name.padStart(10)).join("")}`,
);
for (const drawn of [...textbook, ...numbered, ...[40, 60, 80, 100, 120, 200].map(randomCircuit)]) {
  for (const [name, layout] of Object.entries(layouts)) {
    const start = performance.now();
    const drawing = await layout(drawn, deviceTypes, (index) => [drawn.devices[index].name, "10µ/500n"]);
    const ms = Math.round(performance.now() - start);
    const measured = measure(drawing);
    const { width, height } = measured;
    const row = { ...measured, aspect: (width / height).toFixed(2), area: ((width * height) / 1e4).toFixed(0), ms };
    console.log(
      `${drawn.name.padEnd(16)}${String(drawn.devices.length).padStart(8)}  ${name.padEnd(7)}${columns.map((key) => String(row[key]).padStart(10)).join("")}`,
    );
    if (pictures !== undefined)
      writeFileSync(join(pictures, `${drawn.name}-${name}.svg`), drawingToSvg(drawing, drawn, deviceTypes, drawn.name));
  }
}

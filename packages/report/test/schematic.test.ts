import { Circuit } from "@topogenie/core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Drawing } from "../src/schematic/drawing.js";
import { overlaps, shifted } from "../src/schematic/geometry.js";
import { elkLayout } from "../src/schematic/elk-layout.js";
import { layoutSchematic, MOST_PAIRED, type SchematicLayout } from "../src/schematic/layout-schematic.js";
import { pairedLayout } from "../src/schematic/paired-layout.js";
import { apart, fiveTransistorOta, foldedCascode, miller, oneDevice, randomCircuit, shorted } from "./fixtures/circuits.js";
import { deviceTypes } from "./fixtures/device-types.js";
import { extractNets } from "./fixtures/extract-nets.js";

function draw(layout: SchematicLayout, circuit: Circuit): Promise<Drawing> {
  return layout(circuit, deviceTypes, (index) => [circuit.devices[index]?.name ?? "", "10µ/500n"]);
}

/** The circuit's own grouping of the terminals that are drawn. */
function wantedNets(circuit: Circuit, drawing: Drawing): string[] {
  const nets = new Map<string, string[]>();
  for (const { device, drawing: drawn } of drawing.devices) {
    for (const { pin } of drawn.terminals) {
      const net = circuit.devices[device]?.nets[pin] ?? "";
      nets.set(net, [...(nets.get(net) ?? []), `${device}.${pin}`]);
    }
  }
  return [...nets.values()].map((pins) => pins.sort().join(" ")).sort();
}

const designed = [fiveTransistorOta, miller, foldedCascode];
const strange = [oneDevice, apart, shorted, ...[3, 12, 40].map((size) => randomCircuit(size, `strange ${size}`))];

const layouts = { pairedLayout, elkLayout };
const drawn = Object.entries(layouts).flatMap(([name, layout]) =>
  [...designed, ...strange].map((circuit) => [name, circuit.name, layout, circuit] as const),
);

describe.each(drawn)("%s of %s", (_, __, layout, circuit) => {
  let drawing: Drawing;
  beforeAll(async () => {
    drawing = await draw(layout, circuit);
  });

  it("joins exactly the pins that the circuit joins", () => {
    expect(extractNets(drawing)).toEqual(wantedNets(circuit, drawing));
  });

  it("keeps symbols, their text and flags apart", () => {
    const boxes = drawing.devices.flatMap(({ at, drawing: drawn }) => [shifted(drawn.body, at), shifted(drawn.text.box, at)]);
    const flags = drawing.labels.filter(({ crowded }) => !crowded).map(({ box }) => box);
    const all = [...boxes, ...flags];
    expect(
      all.flatMap((one, index) => all.slice(index + 1).flatMap((other) => (overlaps(one, other) ? [[one, other]] : []))),
    ).toEqual([]);
  });

  it("draws no wire across a symbol", () => {
    const found: unknown[] = [];
    for (const { at, drawing: drawn } of drawing.devices) {
      const body = shifted(drawn.body, at);
      for (const { segments } of drawing.wires) {
        for (const [from, to] of segments) {
          const across = overlaps(
            { left: from.x, right: to.x + 0.1, top: from.y, bottom: to.y + 0.1 },
            { left: body.left + 1, right: body.right - 1, top: body.top + 1, bottom: body.bottom - 1 },
          );
          if (across) found.push([from, to, body]);
        }
      }
    }
    expect(found).toEqual([]);
  });

  it("never lays two nets' wires on one another", () => {
    const lines = drawing.wires.flatMap(({ net, segments }) => segments.map((segment) => ({ net, segment })));
    const found: unknown[] = [];
    lines.forEach(({ net, segment: [from, to] }, index) => {
      for (const {
        net: other,
        segment: [start, end],
      } of lines.slice(index + 1)) {
        if (net === other) continue;
        const along =
          from.y === to.y && start.y === end.y && from.y === start.y ? Math.min(to.x, end.x) - Math.max(from.x, start.x) : -1;
        const upright =
          from.x === to.x && start.x === end.x && from.x === start.x ? Math.min(to.y, end.y) - Math.max(from.y, start.y) : -1;
        if (Math.max(along, upright) >= 0) found.push([net, other, from, to]);
      }
    });
    expect(found).toEqual([]);
  });
});

describe("a schematic as designers draw it", () => {
  it("has the supply on top, ground at the bottom and inputs outside", async () => {
    const drawing = await draw(layoutSchematic, fiveTransistorOta);
    const place = (name: string) => {
      const index = fiveTransistorOta.devices.findIndex((device) => device.name === name);
      const found = drawing.devices[index];
      if (found === undefined) throw new Error(name);
      return found;
    };
    expect(place("M3").at.y).toBe(place("M4").at.y);
    expect(place("M3").at.y).toBeLessThan(place("M1").at.y);
    expect(place("M1").at.y).toBeLessThan(place("M5").at.y);
    expect(place("M1").at.x + place("M2").at.x).toBe(2 * place("M5").at.x);
    expect(place("M1").at.x).toBe(place("M3").at.x);
    expect(place("M1").at.x).toBeLessThan(place("M2").at.x);
    expect(place("M1").drawing.turn.a).toBe(1);
    expect(place("M2").drawing.turn.a).toBe(-1);
  });

  it("has every label of the designed circuits in a free place and no bulk that goes to its rail", async () => {
    for (const circuit of designed) {
      const drawing = await draw(layoutSchematic, circuit);
      expect(drawing.labels.filter(({ crowded }) => crowded)).toEqual([]);
      expect(drawing.hiddenBulks).toBe(true);
    }
  });
});

describe("the choice of a layout", () => {
  it("pairs devices up to a size and leaves larger circuits to ELK, which draws the same again", async () => {
    const large = new Circuit({
      name: "ladder",
      ports: ["VDD", "VSS"],
      devices: Array.from({ length: MOST_PAIRED + 1 }, (_, index) => ({
        name: `R${index}`,
        type: "resistor",
        nets: ["VDD", "VSS"],
      })),
    });
    expect(await draw(layoutSchematic, large)).toEqual(await draw(elkLayout, large));
    expect(await draw(layoutSchematic, fiveTransistorOta)).toEqual(await draw(pairedLayout, fiveTransistorOta));
    expect(await draw(layoutSchematic, fiveTransistorOta)).not.toEqual(await draw(elkLayout, fiveTransistorOta));
  });
});

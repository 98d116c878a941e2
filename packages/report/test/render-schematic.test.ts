import { Circuit, TopogenieError } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { renderSchematic } from "../src/schematic/render-schematic.js";
import { empty, fiveTransistorOta, miller, randomCircuit } from "./fixtures/circuits.js";
import { deviceTypes } from "./fixtures/device-types.js";

describe("renderSchematic", () => {
  it("gives the same bytes for the same circuit", async () => {
    expect(await renderSchematic(miller, deviceTypes)).toBe(await renderSchematic(miller, deviceTypes));
  });

  it("draws a circuit without devices and names its ports", async () => {
    const svg = await renderSchematic(empty, deviceTypes);
    expect(svg).toContain("Ports without a connection: VDD, VSS, VIN1.");
  });

  it("writes width over length beside a transistor", async () => {
    const sizes = [
      { device: "M1", parameter: "w", unit: "m", value: 12.5e-6 },
      { device: "M1", parameter: "l", unit: "m", value: 5e-7 },
      { device: "M1", parameter: "m", unit: "1", value: 4 },
    ];
    expect(await renderSchematic(fiveTransistorOta, deviceTypes, { sizes })).toContain(">12.5µ/500n ×4<");
  });

  it("draws two hundred devices that make no sense", async () => {
    const svg = await renderSchematic(randomCircuit(200, "two hundred"), deviceTypes);
    expect(svg.match(/<g transform=/g)).toHaveLength(200);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("escapes hostile names", async () => {
    const circuit = new Circuit({
      name: "<script>",
      ports: ["VOUT\"'&<b>"],
      devices: [{ name: "<img onerror=1>", type: "resistor", nets: ["VOUT\"'&<b>", "</svg>"] }],
    });
    const svg = await renderSchematic(circuit, deviceTypes);
    expect(svg).not.toMatch(/<script|<img|<b>|<\/svg>[\s\S]*<\/svg>/);
    expect(svg).toContain("&lt;img onerror=1&gt;");
  });

  it("names a device whose type no plugin brings", async () => {
    const circuit = new Circuit({ name: "c", ports: [], devices: [{ name: "J1", type: "jfet", nets: ["a", "b", "c"] }] });
    await expect(renderSchematic(circuit, deviceTypes)).rejects.toThrow(TopogenieError);
    await expect(renderSchematic(circuit, deviceTypes)).rejects.toThrow(/"J1".*"jfet"/);
  });
});

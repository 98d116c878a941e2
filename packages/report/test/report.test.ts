import { Circuit, type ReportData, type SizedCircuit } from "@topogenie/core";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../src/render-report.js";
import { headline } from "../src/sections/headline.js";
import { oneDevice } from "./fixtures/circuits.js";
import { deviceTypes } from "./fixtures/device-types.js";
import { type Element, parseHtml } from "./fixtures/parse-html.js";
import { sampleReport } from "./fixtures/report-data.js";

const bare: ReportData = { tag: "t", seed: 1, versions: {}, config: "", deviceTypes };

describe("a full report", () => {
  let page = "";
  let elements: readonly Element[] = [];
  let text = "";
  beforeAll(async () => {
    page = await renderReport(sampleReport());
    ({ elements, text } = parseHtml(page));
  });

  it("needs nothing from outside itself", () => {
    for (const { name, attributes } of elements) {
      expect(["link", "img", "iframe", "object", "image", "use"]).not.toContain(name);
      for (const key of ["src", "href", "xlink:href", "action"]) {
        if (attributes[key] !== undefined) expect(attributes[key]).toMatch(/^#|^data:text\/plain/);
      }
    }
    expect(page.replaceAll("http://www.w3.org/", "")).not.toMatch(/https?:\/\/|@import|url\((?!#)/);
  });

  it("has unique ids, and every link and reference has its target", () => {
    const ids = elements.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of elements) {
      if (attributes.href?.startsWith("#") === true) expect(ids).toContain(attributes.href.slice(1));
      if (attributes["data-copy"] !== undefined) expect(ids).toContain(attributes["data-copy"]);
      for (const reference of Object.values(attributes).flatMap((value) => [...value.matchAll(/url\(#([^)]+)\)/g)])) {
        expect(ids).toContain(reference[1]);
      }
    }
  });

  it("has headings in order, a caption for every table and a title for every picture", () => {
    const levels = elements.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
    expect(levels[0]).toBe(1);
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
    const count = (wanted: string) => elements.filter(({ name }) => name === wanted).length;
    expect(count("caption")).toBe(count("table"));
    const pictures = elements.flatMap(({ name, attributes }, index) =>
      name === "svg" && attributes.role === "img" ? [index] : [],
    );
    expect(pictures.length).toBeGreaterThanOrEqual(3 + 6 + 2);
    for (const index of pictures) expect(elements[index + 1]?.name).toBe("title");
  });

  it("puts every attempt into the denominator", () => {
    expect(text).toMatch(/Of 500 attempts,\s*398 \(80\u202f%\)\s*are valid, unique and novel/);
    expect(text).toContain("398 of 500.");
    expect(text).toContain("31 of 500.");
  });

  it("sets figures beside what was asked for", () => {
    expect(text).toMatch(/71\.2\u202fdB/);
    expect(text).toMatch(/≥ 55°\s+✗ missed/);
    expect(text).toContain("not measured");
    expect(text).not.toMatch(/NaN|undefined|\[object/);
  });

  it("offers each netlist as a file that holds it", () => {
    const links = elements.filter(({ attributes }) => attributes.download !== undefined);
    expect(links.map(({ attributes }) => attributes.download)).toEqual([
      "two-stage-miller.cir",
      "folded-cascode.cir",
      "five-transistor-ota.cir",
    ]);
    const coded = links[0]?.attributes.href?.split("base64,")[1] ?? "";
    expect(Buffer.from(coded, "base64").toString()).toBe(sampleReport().sizing?.circuits[0]?.netlist);
  });

  it("gives the same bytes again, in a process that has drawn before", async () => {
    expect(await renderReport(sampleReport())).toBe(page);
  });

  it("has no clock time in it", () => {
    const year = String(new Date().getFullYear());
    expect(text).not.toMatch(new RegExp(`\\b${year}-\\d\\d|\\d\\d:\\d\\d`));
  });
});

describe("the headline", () => {
  /** The sentence about the figure of merit, with these changes to the sized circuits. */
  function headlineOf(change: (circuit: SizedCircuit) => Partial<SizedCircuit>): string {
    const sample = sampleReport();
    if (sample.sizing === undefined) throw new Error("the sample has no sizing");
    const circuits = sample.sizing.circuits.map((circuit) => ({ ...circuit, ...change(circuit) }));
    const { text } = parseHtml(`<!DOCTYPE html><p>${headline({ ...sample, sizing: { ...sample.sizing, circuits } }).text}</p>`);
    return text.replace(/\s+/g, " ");
  }

  it("quotes the best functional novel circuit beside the best known one", () => {
    expect(headlineOf(() => ({}))).toMatch(/best functional novel circuit reaches a figure of merit of 169 .* reaches 84\.0/);
  });

  it("passes over a better figure of a circuit that does not work", () => {
    const text = headlineOf(({ figureOfMerit }) => (figureOfMerit === undefined ? { figureOfMerit: 12 } : { functional: false }));
    expect(text).toMatch(/best functional novel circuit reaches a figure of merit of 12\.0 [^;]*\.$/);
    expect(text).not.toMatch(/169|84\.0/);
  });

  it("says plainly that no novel circuit works", () => {
    const text = headlineOf(({ novel }) => ({ functional: !novel }));
    expect(text).toContain("None of the 2 novel circuits that were sized is functional; the best known circuit reaches");
    expect(text).not.toContain("169");
    expect(headlineOf(() => ({ functional: false }))).toMatch(/sized is functional\.$/);
  });
});

describe("a report of an unfinished run", () => {
  it("says which stages have not run", async () => {
    const { text } = parseHtml(await renderReport(bare));
    for (const stage of ["verify", "size", "train", "encode", "corpus"])
      expect(text).toMatch(new RegExp(`The stage\\s+${stage}\\s+has not run`));
  });

  it("stands without any one part", async () => {
    const full = { ...sampleReport(), sizing: undefined };
    for (const part of ["corpus", "encoding", "training", "generation", "ladder"] as const) {
      const kept = Object.fromEntries(Object.entries(full).filter(([key, value]) => key !== part && value !== undefined));
      parseHtml(await renderReport(kept as unknown as ReportData));
    }
  });

  it("survives numbers that could not be taken", async () => {
    const { sizing, ...rest } = sampleReport();
    if (sizing === undefined) throw new Error("the sample has no sizing");
    const hopeless = {
      ...sizing,
      circuits: [
        {
          name: "hopeless",
          circuit: oneDevice,
          origin: "attempt 1",
          novel: true,
          sizes: [{ device: "R1", parameter: "r", unit: "ohm", value: Number.NaN }],
          bias: [],
          measured: { gain: Number.NaN, gbw: Number.NEGATIVE_INFINITY },
          figureOfMerit: Number.NaN,
          functional: false,
          onSpec: false,
          netlist: "",
          plots: [
            {
              title: "p",
              x: { title: "x", unit: "Hz", scale: "log" as const, values: Float64Array.of(0, 1) },
              series: [{ title: "s", unit: "dB", values: Float64Array.of(Number.NaN, Number.NaN) }],
            },
          ],
          progress: [{ simulations: 1, figureOfMerit: Number.NaN }],
          simulations: 200,
          failedSimulations: 200,
        },
      ],
    };
    const { text } = parseHtml(await renderReport({ ...rest, sizing: hopeless }));
    expect(text).toContain("not measured");
    expect(text).not.toMatch(/NaN|undefined/);
  });
});

describe("hostile names", () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      "<script>alert(1)</script>",
      "</style><img src=x onerror=alert(1)>",
      "\"'><svg onload=1>",
      "&lt;",
      "]]>",
      "</pre>",
      "\u0000\ud800",
      "${x}",
      "__proto__",
    ),
    fc.string({ unit: "binary", maxLength: 24 }),
  );

  it("never become markup", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (one, two, three) => {
        const sample = sampleReport();
        const { sizing, ladder, corpus } = sample;
        const [circuit] = sizing?.circuits ?? [];
        if (sizing === undefined || ladder === undefined || corpus === undefined || circuit === undefined)
          throw new Error("the sample is not full");
        const net = `${three} `;
        const page = await renderReport({
          ...sample,
          tag: one,
          config: two,
          versions: { [three]: one },
          corpus: { ...corpus, rejected: [{ source: one, reason: two }], sources: [{ name: three, circuits: 1 }] },
          ladder: { ...ladder, failures: [{ rung: "novel", reason: two, count: 1, example: three }] },
          sizing: {
            ...sizing,
            family: two,
            conditions: three,
            measurements: [{ name: "gain", title: one, unit: two, better: "higher", method: three }],
            specification: { description: one, constraints: [{ measurement: two, atLeast: 1 }] },
            circuits: [
              {
                ...circuit,
                name: one,
                origin: two,
                circuit: new Circuit({
                  name: two,
                  ports: [net],
                  devices: [{ name: three, type: "resistor", nets: [net, `${one}  `] }],
                }),
                sizes: [{ device: three, parameter: one, unit: two, value: 1 }],
                netlist: three,
                plots: circuit.plots.map((plot) => ({
                  ...plot,
                  title: one,
                  x: { ...plot.x, title: two },
                  series: plot.series.map((series) => ({ ...series, title: three })),
                })),
              },
            ],
          },
        });
        const { elements } = parseHtml(page);
        expect(elements.filter(({ name }) => name === "script")).toHaveLength(1);
        expect(elements.filter(({ name }) => name === "style")).toHaveLength(1);
        for (const { name, attributes } of elements) {
          expect(name).not.toBe("img");
          expect(Object.keys(attributes).filter((key) => key.startsWith("on"))).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });
});

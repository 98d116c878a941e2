import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deck, DeckElement } from "../../src/contracts/deck.js";
import type { Analysis, RunRequest } from "../../src/contracts/simulator.js";
import { alterCommand, resolveValueKey } from "../../src/spice/alter-command.js";
import { indexDeck, planRun } from "../../src/spice/plan-run.js";
import { plainNumber, spiceNumber } from "../../src/spice/spice-number.js";
import { writeStandaloneNetlist } from "../../src/spice/standalone-netlist.js";
import { writeDeck, writeTitle } from "../../src/spice/write-deck.js";

const source: DeckElement = { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 1.8, acmag: 1 } };
const transistor: DeckElement = {
  kind: "mosfet",
  name: "m1",
  nodes: ["a", "b", "0", "0"],
  model: "nch",
  values: { w: 5e-6, l: 1.8e-7 },
};
const deck: Deck = {
  title: "stage",
  elements: [source, transistor],
  models: [{ name: "nch", type: "nmos", parameters: { vth0: 0.45, version: 4.8, level: 14 } }],
  temperatureCelsius: 85,
};

/** What netlists and model output have been seen to hold, and what an attacker would write. */
const hostileText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "a\n.control",
    "a\r\nshell rm -rf ~",
    "a;quit",
    "a $(ls)",
    "`ls`",
    "../../etc/passwd",
    ".include /etc/passwd",
    "{1/0}",
    "'x'",
    '"x"',
    "a b",
    "+",
    "*",
    "$",
    "a\u0000b",
    "ａ",
    "İ",
    "ß",
    "gnd",
    "time",
    "temper",
    "poly",
    "__proto__",
    "constructor",
    "toString",
    "",
    "a".repeat(65),
    "a".repeat(100_000),
  ),
);
const hostileNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(
    NaN,
    Infinity,
    -Infinity,
    1e300,
    -0,
    5e-324,
    "1; quit",
    "1e3k",
    null,
    undefined,
    {},
    [1],
  ) as fc.Arbitrary<number>,
);
const hostileElement = fc.record({
  kind: fc.oneof(fc.constantFrom("resistor", "voltage", "mosfet", "vcvs", "capacitor"), hostileText) as fc.Arbitrary<
    DeckElement["kind"]
  >,
  name: fc.oneof(fc.constant("r1"), hostileText),
  nodes: fc.array(fc.oneof(fc.constantFrom("0", "a", "b"), hostileText), { maxLength: 5 }),
  model: fc.oneof(fc.constant("nch"), hostileText),
  values: fc.oneof(
    fc.dictionary(fc.oneof(fc.constantFrom("r", "w", "l", "dc", "gain", "c"), hostileText), hostileNumber),
    fc.constant({ r: 1 }),
  ),
});
const hostileDeck = fc.record({
  title: hostileText,
  elements: fc.array(fc.oneof(fc.constant(source), hostileElement), { minLength: 1, maxLength: 2 }),
  models: fc.array(
    fc.oneof(
      fc.constantFrom(...deck.models),
      fc.record({
        name: fc.oneof(fc.constant("nch"), hostileText),
        type: fc.oneof(fc.constant("nmos"), hostileText) as fc.Arbitrary<"nmos">,
        parameters: fc.dictionary(hostileText, hostileNumber),
      }),
    ),
    { maxLength: 1 },
  ),
});

/** The only lines that an engine may ever be given: elements, continuations, models, options, in plain characters. */
const harmlessLine = /^(?:[rclmqdvieg s][a-z0-9_]*|\+|\.model|\.options temp=)[ a-z0-9_=.()+-]*$/;

function code(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

describe("writeDeck", () => {
  it("writes elements, models and temperature", () => {
    expect(writeDeck(deck)).toEqual([
      "vin a 0 dc 18e-1 ac 1 0",
      "mm1 a b 0 0 nch w=5e-6 l=18e-8",
      ".model nch nmos level=14 vth0=0.45 version=4.8",
      ".options temp=85",
    ]);
  });

  it("asks for bypass where the deck allows it, and only there", () => {
    expect(writeDeck({ ...deck, bypass: true }).at(-1)).toBe(".options temp=85 bypass=1");
    expect(writeDeck({ ...deck, bypass: false })).toEqual(writeDeck(deck));
  });

  it.each<[string, DeckElement["waveform"], string]>([
    [
      "pulse",
      { kind: "pulse", low: 0, high: 1.8, delayS: 0, riseS: 1e-9, fallS: 1e-9, widthS: 1e-6, periodS: 2e-6 },
      "pulse( 0 18e-1 0 1e-9 1e-9 1e-6 2e-6 )",
    ],
    ["sine", { kind: "sine", offset: 0.9, amplitude: 0.01, frequencyHz: 1e6 }, "sin( 9e-1 1e-2 1000000 0 )"],
    [
      "points",
      {
        kind: "pwl",
        points: [
          [0, 0],
          [1e-6, 1],
        ],
      },
      "pwl( 0 0 1e-6 1 )",
    ],
  ])("writes a %s", (_kind, waveform, words) => {
    expect(writeDeck({ ...deck, elements: [{ ...source, waveform: waveform ?? { kind: "pwl", points: [] } }] })[0]).toBe(
      `vin a 0 dc 18e-1 ac 1 0 ${words}`,
    );
  });

  it("goes on after a plus where a line would be too long", () => {
    const points = Array.from({ length: 500 }, (_, index): [number, number] => [index, index * 0.1]);
    const lines = writeDeck({ ...deck, elements: [{ ...source, waveform: { kind: "pwl", points } }] });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(200);
    expect(lines.filter((line) => line.startsWith("+ ")).length).toBeGreaterThan(10);
  });

  it.each<[string, Partial<Deck>, RegExp]>([
    ["two elements of a name", { elements: [source, source] }, /element "in".*two elements/],
    ["a missing model", { models: [] }, /element "m1".*no model "nch"/],
    [
      "a model of the wrong type",
      { models: [{ name: "nch", type: "npn", parameters: {} }] },
      /cannot use model "nch" of type npn/,
    ],
    ["too few nodes", { elements: [{ ...source, nodes: ["a"] }] }, /a voltage has 2 nodes, not 1/],
    ["a missing value", { elements: [{ ...transistor, values: { w: 1e-6 } }] }, /needs the value "l"/],
    ["a size of zero", { elements: [{ ...transistor, values: { w: 0, l: 1e-6 } }] }, /value "w" is 0; it must be above zero/],
    ["a node named like a model", { elements: [{ ...transistor, nodes: ["nch", "b", "0", "0"] }] }, /has the name of a model/],
    ["a node that is a word of SPICE", { elements: [{ ...source, nodes: ["time", "0"] }] }, /node "time" is a word/],
    [
      "falling times",
      {
        elements: [
          {
            ...source,
            waveform: {
              kind: "pwl",
              points: [
                [1, 0],
                [0, 1],
              ],
            },
          },
        ],
      },
      /times of its points must rise/,
    ],
    [
      "a waveform on a transistor",
      { elements: [{ ...transistor, waveform: { kind: "sine", offset: 0, amplitude: 1, frequencyHz: 1 } }] },
      /only voltage and current sources/,
    ],
    ["a temperature that is no number", { temperatureCelsius: Number.NaN }, /temperatureCelsius is NaN/],
  ])("refuses %s and names it", (_what, part, message) => {
    expect(() => writeDeck({ ...deck, ...part })).toThrow(message);
    expect(code(() => writeDeck({ ...deck, ...part }))).toBe("DECK_INVALID");
  });

  it("never lets hostile names, values or sizes reach an engine", () => {
    let written = 0;
    fc.assert(
      fc.property(hostileDeck, (hostile) => {
        let lines: string[];
        try {
          lines = writeDeck(hostile);
        } catch (error) {
          expect(error).toMatchObject({ code: "DECK_INVALID" });
          // The message may quote what was wrong, but stays on one line of a sensible length.
          expect((error as Error).message).toMatch(/^[^\n\r]{1,400}$/);
          return;
        }
        written++;
        for (const line of lines) expect(line).toMatch(harmlessLine);
      }),
      { numRuns: 2000 },
    );
    expect(written).toBeGreaterThan(100);
  });

  it("keeps titles and comments from being anything else", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (title, comment) => {
        expect(writeTitle(title)).toMatch(/^[A-Za-z0-9 _.,()-]{1,80}$/);
        const [first, second, third] = writeStandaloneNetlist({ ...deck, title }, [{ kind: "op" }], {
          comments: [comment],
        }).split("\n");
        expect(first).toMatch(/^\* [A-Za-z0-9 _.,()-]+$/);
        expect(second).toMatch(/^\* [A-Za-z0-9 _.,()-]+$/);
        expect(third).toBe("vin a 0 dc 1.8 ac 1 0");
      }),
    );
  });
});

describe("planRun", () => {
  const indexed = indexDeck(deck);

  it("serves an operating point with a small-signal analysis's own", () => {
    let file = 0;
    const analyses: Analysis[] = [{ kind: "op" }, { kind: "ac", pointsPerDecade: 10, startHz: 1, stopHz: 1e9 }];
    const steps = planRun(indexed, { analyses, devices: ["m1"], timeoutMs: 1 }, () => `f${file++}`);
    expect(steps.map((step) => step.commands)).toEqual([
      [
        "ac dec 10 1 1000000000",
        "write f0 all",
        "setplot previous",
        "write f1 all @mm1[id] @mm1[gm] @mm1[gds] @mm1[vth] @mm1[vdsat]",
        "destroy all",
      ],
    ]);
    expect(steps[0]?.plot.points).toBe(91);
  });

  it("never lets a hostile request become a command", () => {
    const hostileAnalysis = fc.record({
      kind: fc.oneof(fc.constantFrom("op", "dc", "ac", "tran", "noise"), hostileText),
      source: hostileText,
      input: fc.oneof(fc.constant("in"), hostileText),
      output: fc.oneof(fc.constant("b"), hostileText),
      start: hostileNumber,
      stop: hostileNumber,
      step: hostileNumber,
      pointsPerDecade: hostileNumber,
      startHz: hostileNumber,
      stopHz: hostileNumber,
      stepS: hostileNumber,
      stopS: hostileNumber,
    }) as fc.Arbitrary<never>;
    fc.assert(
      fc.property(
        fc.array(hostileAnalysis, { maxLength: 2 }),
        fc.array(hostileText, { maxLength: 1 }),
        fc.array(hostileText, { maxLength: 1 }),
        (analyses, save, devices) => {
          const request: RunRequest = { analyses, save, devices, timeoutMs: 1 };
          try {
            for (const { commands } of planRun(indexed, request, () => "file.raw")) {
              for (const command of commands)
                expect(command).toMatch(/^(op|dc|ac|tran|noise|write|setplot|destroy)( [a-z0-9_.@()[\]-]+)*$/);
            }
          } catch (error) {
            expect(error).toMatchObject({ code: "DECK_INVALID" });
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("never lets a hostile key of `set` become a command", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostileText,
          fc.tuple(fc.constantFrom("m1", "in"), hostileText).map((parts) => parts.join(".")),
        ),
        hostileNumber,
        (key, value) => {
          try {
            const { element, value: name } = resolveValueKey(indexed.elements, key, value);
            expect(alterCommand(element, name, value)).toMatch(/^alter [a-z0-9_]+ [a-z]+ = [0-9e-]+$/);
          } catch (error) {
            expect(error).toMatchObject({ code: "DECK_INVALID" });
          }
        },
      ),
      { numRuns: 1000 },
    );
    expect(resolveValueKey(indexed.elements, "m1.w", 1e-6)).toEqual({ element: transistor, value: "w" });
  });
});

describe("numbers", () => {
  it("read back as the same double", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e30, max: 1e30, noNaN: true }), (number) => {
        expect(Number(spiceNumber(number, "x"))).toBe(number === 0 ? 0 : number);
        expect(Number(plainNumber(number, "x"))).toBe(number === 0 ? 0 : number);
        expect(spiceNumber(number, "x")).toMatch(/^-?\d+(e-?\d+)?$/);
      }),
    );
  });
});

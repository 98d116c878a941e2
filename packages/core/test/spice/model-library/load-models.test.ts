import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DeviceType } from "../../../src/contracts/device-type.js";
import { checkModelMapping, loadModels, type ModelMapping } from "../../../src/spice/model-library/load-models.js";
import { writeDeck } from "../../../src/spice/write-deck.js";

const library = `* a library of two corners
.lib tt
.param vtn = 0.4  $ of this corner
.model NCH nmos ( level = 54 version = 4.8.0
* a comment between continuation lines
+ toxe = 2.3n vth0 = 'vtn' $ from the .param
+ u0=0.03, k1 = 0.4 ; cut off
+ k1 = 0.5 )
.include "bipolars.inc"
.endl tt
.lib ss
.model nch nmos level=54 vth0=0.45
.lib 'cards.lib' shared
.endl ss
.lib shared
.model dio d is=1e-14
.endl
.model outside pmos level=1 vto=-0.5
`;
const bipolars = `.model npn_fast npn (bf=120 is=4e-17 tf=5p)
.model nch.1 nmos level=14 lmin=1u
.model nch.2 nmos level=14 lmin=2u
.model odd njf beta=1m
.model sum nmos level=14 vth0={vtn+0.1}
.model words nmos level=14 vth0 0.4
.model names nmos level=14 vth-0=0.4
.model huge nmos level=14 vth0=1e99
.subckt nfet_rf d g s b
.model nch_inner nmos level=14
.ends
`;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "topogenie-library-"));
  await writeFile(join(folder, "cards.lib"), library);
  await writeFile(join(folder, "bipolars.inc"), bipolars);
});
afterAll(() => rm(folder, { recursive: true }));

function load(map: Record<string, string>, changes: Partial<ModelMapping> = {}): ReturnType<typeof loadModels> {
  return loadModels({ library: "cards.lib", section: "tt", map, ...changes }, folder);
}

describe("loadModels", () => {
  it("reads cards of a section, over continuation lines, comments, included files and plain .param numbers", async () => {
    expect(Object.fromEntries(await load({ nmos4: "nch", npn: "NPN_FAST" }))).toEqual({
      nmos4: {
        name: "lib_nch",
        type: "nmos",
        parameters: { level: 54, version: 4.8, toxe: 2.3e-9, vth0: 0.4, u0: 0.03, k1: 0.5 },
      },
      npn: { name: "lib_npn_fast", type: "npn", parameters: { bf: 120, is: 4e-17, tf: 5e-12 } },
    });
  });

  it("reads another section, and sections of the same file that it names", async () => {
    const cards = await load({ nmos4: "nch", diode: "dio" }, { section: "ss" });
    expect(cards.get("nmos4")?.parameters.vth0).toBe(0.45);
    expect(cards.get("diode")?.parameters).toEqual({ is: 1e-14 });
  });

  it("without a section reads what stands outside of all of them", async () => {
    expect((await load({ pmos4: "outside" }, { section: undefined })).get("pmos4")?.type).toBe("pmos");
  });

  it("takes one card of a binned model when it is named, and gives every card a name that a deck allows", async () => {
    const cards = await load({ nmos4: "nch.1", other: "nch.2" });
    expect([...cards.values()].map(({ name }) => name)).toEqual(["lib_nch_1", "lib_nch_2"]);
  });

  it.each<[string, string, Partial<ModelMapping>, string, RegExp]>([
    [
      "a model that is not there",
      "npn_fats",
      {},
      "MODEL_NOT_FOUND",
      /cards\.lib has no model "npn_fats"\. Did you mean "npn_fast"\?/,
    ],
    ["a section that was not named", "nch", { section: undefined }, "MODEL_NOT_FOUND", /models\.section: tt, ss, shared/],
    [
      "a binned model",
      "nch",
      { library: "bipolars.inc", section: undefined },
      "MODEL_UNSUPPORTED",
      /bipolars\.inc:2: .*binned \(2 cards/,
    ],
    ["a subcircuit", "nfet_rf", {}, "MODEL_UNSUPPORTED", /bipolars\.inc:9: "nfet_rf" is a subcircuit/],
    ["a card inside of a subcircuit", "nch_inner", {}, "MODEL_NOT_FOUND", /no model "nch_inner"/],
    ["a type that no deck has", "odd", {}, "MODEL_UNSUPPORTED", /bipolars\.inc:4: .*"njf"; only nmos, pmos/],
    ["an expression", "sum", {}, "MODEL_UNSUPPORTED", /bipolars\.inc:5: .*"vth0" is "\{vtn\+0\.1\}"\. Expressions/],
    ["words that are no assignment", "words", {}, "MODEL_INVALID", /bipolars\.inc:6: .*"vth0" is no assignment/],
    ["a name that no parameter has", "names", {}, "MODEL_INVALID", /bipolars\.inc:7: .*"vth-0" is no name/],
    ["a number beyond reason", "huge", {}, "DECK_INVALID", /bipolars\.inc:8: .*"vth0" is 1e\+99/],
    ["a missing file", "nch", { library: "none.lib" }, "MODEL_LIBRARY_UNREADABLE", /none\.lib cannot be read: ENOENT/],
    ["a missing section", "nch", { section: "ff" }, "MODEL_LIBRARY_UNREADABLE", /no section "ff" \(it has: tt, ss, shared\)/],
  ])("refuses %s, naming file and line", async (_what, model, changes, code, message) => {
    const error: unknown = await load({ nmos4: model }, changes).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it("names the line that includes a file which is missing, and ends where files include one another", async () => {
    await writeFile(join(folder, "missing.lib"), "* first\n.include 'gone.inc'\n");
    await expect(load({ nmos4: "n" }, { library: "missing.lib", section: undefined })).rejects.toThrow(
      /gone\.inc cannot be read \(named at .*missing\.lib:2\): ENOENT/,
    );
    await writeFile(join(folder, "loop.lib"), ".include loop.lib\n");
    await expect(load({ nmos4: "n" }, { library: "loop.lib", section: undefined })).rejects.toThrow(/more than 20 deep/);
  });

  it("never lets anything of a hostile library reach an engine but names and numbers", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "1; quit",
        "0.4\n.control\nshell ls\n.endc",
        "`ls`",
        "$(ls)",
        "'x'",
        "{1/0}",
        "1e999",
        "ａ=1",
        ".include /etc/passwd",
        "=",
        "\u0000",
      ),
    );
    let written = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constant("n"), text),
        fc.dictionary(fc.oneof(fc.constant("vto"), text), fc.oneof(fc.constant("0.4"), text)),
        text,
        async (name, parameters, tail) => {
          const card = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
          await writeFile(join(folder, "hostile.lib"), `.model ${name} nmos level=1 ${card.join(" ")}\n${tail}\n`);
          try {
            const cards = await load({ nmos4: name }, { library: "hostile.lib", section: undefined });
            const models = [...cards.values()];
            const element = {
              kind: "mosfet",
              name: "m",
              nodes: ["a", "b", "0", "0"],
              model: models[0]?.name ?? "",
              values: { w: 1e-6, l: 1e-6 },
            } as const;
            const lines = writeDeck({ title: "t", elements: [element], models });
            for (const line of lines)
              expect(line).toMatch(/^(?:mm a b|\.model lib_[a-z0-9_]+ nmos level=|\+|\.options temp=)[ a-z0-9_=.+-]*$/);
            written++;
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(MODEL|DECK)_/) as string });
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(written).toBeGreaterThan(20);
  });
});

describe("checkModelMapping", () => {
  const type = (name: string, models: DeviceType["models"]): [string, DeviceType] => [
    name,
    { name, models } as unknown as DeviceType,
  ];
  const types = new Map([
    type("nmos4", [{ name: "own", type: "nmos", parameters: {} }]),
    type("resistor", []),
    type("XOR", [
      { name: "logic_n", type: "nmos", parameters: {} },
      { name: "logic_p", type: "pmos", parameters: {} },
    ]),
  ]);
  const card = { name: "lib_x", type: "nmos", parameters: {} } as const;

  it.each<[string, string, RegExp]>([
    ["nmos", "nmos", /no device type of this name\. Did you mean "nmos4"\?/],
    ["resistor", "nmos", /has no model\. Those that have one: nmos4/],
    ["XOR", "nmos", /takes the models given to nmos4/],
    ["nmos4", "pmos", /is of type pmos, and this device type needs nmos/],
  ])("refuses %s with a card of type %s", (name, kind, message) => {
    expect(() => {
      checkModelMapping(new Map([[name, { ...card, type: kind as "nmos" }]]), types);
    }).toThrow(message);
  });

  it("takes a card of the type's own kind", () => {
    expect(() => {
      checkModelMapping(new Map([["nmos4", card]]), types);
    }).not.toThrow();
  });
});

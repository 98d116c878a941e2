import type { Deck, DeckElement } from "../../contracts/deck.js";
import type { RunRequest, SimulationFailureStatus } from "../../contracts/simulator.js";
import { promise } from "../conformance-check.js";
import { divider } from "./linear-circuits.js";
import {
  deckOf,
  near,
  needsOf,
  PATIENT_MS,
  rejection,
  resultOf,
  simulatorCheck,
  withSession,
  type SharedSimulator,
  type SimulatorCheck,
} from "./with-session.js";

const source: DeckElement = { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 1 } };
const load: DeckElement = { kind: "resistor", name: "load", nodes: ["a", "0"], values: { r: 1e3 } };
const op: RunRequest = { analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS };

interface Hazard {
  readonly name: string;
  readonly deck: Deck;
  readonly request?: RunRequest;
  readonly expected: readonly SimulationFailureStatus[];
}

/** Circuits that make ngspice answer wrongly, die, or never answer. */
const hazards: readonly Hazard[] = [
  {
    name: "a loop of supplies",
    deck: deckOf([source, { ...source, name: "other", values: { dc: 2 } }, load]),
    expected: ["singular"],
  },
  {
    name: "a current forced into a node that only a capacitor touches",
    deck: deckOf([
      source,
      load,
      { kind: "current", name: "push", nodes: ["0", "floating"], values: { dc: 1e-6 } },
      { kind: "capacitor", name: "c", nodes: ["floating", "0"], values: { c: 1e-12 } },
    ]),
    expected: ["singular", "no_convergence"],
  },
  {
    name: "a model parameter that no model has",
    deck: deckOf(
      [source, load, { kind: "mosfet", name: "m", nodes: ["a", "a", "0", "0"], model: "odd", values: { w: 1e-6, l: 1e-6 } }],
      [{ name: "odd", type: "nmos", parameters: { level: 14, notaparameter: 3 } }],
    ),
    expected: ["parse_error", "crashed"],
  },
  {
    name: "a model level that does not exist",
    deck: deckOf(
      [source, load, { kind: "mosfet", name: "m", nodes: ["a", "a", "0", "0"], model: "odd", values: { w: 1e-6, l: 1e-6 } }],
      [{ name: "odd", type: "nmos", parameters: { level: 9999 } }],
    ),
    expected: ["parse_error", "crashed"],
  },
  {
    name: "a transient without an end in sight",
    deck: divider,
    request: { analyses: [{ kind: "tran", stepS: 1, stopS: 1, maxStepS: 3e-7 }], timeoutMs: 200 },
    expected: ["timeout"],
  },
];

/** Decks that must be refused before an engine sees them. */
const refused: readonly { readonly name: string; readonly deck: Deck }[] = [
  { name: "no elements", deck: deckOf([]) },
  { name: "a resistor with one pin", deck: deckOf([source, { ...load, nodes: ["a"] }]) },
  {
    name: "a model that is not there",
    deck: deckOf([source, { kind: "diode", name: "d", nodes: ["a", "0"], model: "none", values: {} }]),
  },
  { name: "two elements of one name", deck: deckOf([source, load, load]) },
  { name: "a command as a name", deck: deckOf([source, { ...load, name: "load\n.control\nshell ls\n.endc" }]) },
  { name: "a file as a node", deck: deckOf([source, { ...load, nodes: ["a", "../passwd"] }]) },
  { name: "an expression as a node", deck: deckOf([source, { ...load, nodes: ["a", "{x}"] }]) },
  { name: "a file to include as an element", deck: deckOf([source, { ...load, name: ".include /etc/passwd" }]) },
  {
    name: "a subcircuit as an element kind",
    deck: deckOf([source, load, { ...load, name: "x", kind: "subcircuit" as "resistor" }]),
  },
  {
    name: "an expression as a model's parameter",
    deck: deckOf(
      [source, { kind: "diode", name: "d", nodes: ["a", "0"], model: "d", values: {} }],
      [{ name: "d", type: "d", parameters: { is: "{1/0}" as unknown as number } }],
    ),
  },
  {
    name: "a command as a model's name",
    deck: deckOf(
      [source, { kind: "diode", name: "d", nodes: ["a", "0"], model: "d\n.control\nshell ls", values: {} }],
      [{ name: "d\n.control\nshell ls", type: "d", parameters: {} }],
    ),
  },
  { name: "a value that is no number", deck: deckOf([source, { ...load, values: { r: Number.NaN } }]) },
  { name: "a value that is infinite", deck: deckOf([source, { ...load, values: { r: Infinity } }]) },
  { name: "a value that the kind does not have", deck: deckOf([source, { ...load, values: { r: 1, "r=1 .include": 1 } }]) },
];

/** Every failure is a value with words, and the next run is right. */
export function hazardCircuits(shared: SharedSimulator): readonly SimulatorCheck[] {
  return [
    ...hazards.map(({ name, deck, request = op, expected }) =>
      simulatorCheck(
        shared,
        `${name}: a failure as a value, and the next run is right`,
        needsOf(deck, request),
        async (simulator) => {
          await withSession(simulator, divider, async (good) => {
            const right = async (when: string): Promise<void> => {
              near(`divider output ${when}`, resultOf(await good.run(op), "op").op.nodes.b, 2, 1e-9);
            };
            await right("before");
            await withSession(simulator, deck, async (bad) => {
              for (const time of ["first", "second"]) {
                const result = await bad.run(request);
                promise(result.status !== "ok", `it was reported as a success the ${time} time`);
                const wanted = expected.join(" or ");
                promise(
                  expected.includes(result.status),
                  `it was reported as ${result.status} (${result.message}), not ${wanted}`,
                );
                promise(result.message.length > 10, `its message says nothing: "${result.message}"`);
                await right(`after it failed the ${time} time`);
              }
            });
          });
          // As the very first thing that an engine is asked, too.
          const fresh = await shared.create();
          try {
            await withSession(fresh, deck, async (bad) => {
              const result = await bad.run(request);
              promise(expected.includes(result.status as SimulationFailureStatus), `as a first run it gave ${result.status}`);
            });
          } finally {
            await fresh.dispose();
          }
        },
      ),
    ),
    simulatorCheck(shared, "a deck that breaks the rules is refused by open, naming what is wrong", {}, async (simulator) => {
      for (const { name, deck } of refused) {
        const error = await rejection(`a deck with ${name}`, simulator.open(deck));
        const code = error instanceof Error && "code" in error ? error.code : undefined;
        promise(code === "DECK_INVALID", `a deck with ${name} was refused with ${String(error)}, not DECK_INVALID`);
      }
    }),
    simulatorCheck(shared, "a title is only a title, whatever it holds", {}, async (simulator) => {
      const title = "t\n.control\nquit\n.endc\n.include /etc/passwd\n.end\n*ng_script `ls` ; shell ls";
      await withSession(simulator, { ...divider, title }, async (session) => {
        near("divider output", resultOf(await session.run(op), "op").op.nodes.b, 2, 1e-9);
      });
    }),
    simulatorCheck(shared, "words with a meaning in SPICE are plain names", { elements: ["vcvs"] }, async (simulator) => {
      const words = ["c", "e", "i", "v", "r", "pi", "dc", "ac", "tran", "op", "noise", "sin", "pulse", "pwl"];
      const more = [
        "m",
        "model",
        "end",
        "include",
        "control",
        "param",
        "subckt",
        "quit",
        "const",
        "yes",
        "no",
        "true",
        "false",
        "n_poly",
      ];
      const elements = [...words, ...more].flatMap((word, index): DeckElement[] => [
        { kind: "resistor", name: `${word}_top`, nodes: ["a", word], values: { r: 1e3 } },
        { kind: "resistor", name: word, nodes: [word, "0"], values: { r: 1e3 * (index + 1) } },
        { kind: "vcvs", name: `${word}_copy`, nodes: [`copy_${word}`, "0", word, "0"], values: { gain: 2 } },
      ]);
      await withSession(simulator, deckOf([source, ...elements]), async (session) => {
        const { op: point } = resultOf(await session.run({ ...op, set: { "in.dc": 2 } }), "op");
        [...words, ...more].forEach((word, index) => {
          near(`node "${word}"`, point.nodes[word], (2 * (index + 1)) / (index + 2), 1e-6);
          near(`copy of node "${word}"`, point.nodes[`copy_${word}`], (4 * (index + 1)) / (index + 2), 1e-6);
        });
      });
    }),
    simulatorCheck(shared, "a request that does not fit the deck fails as a value", {}, async (simulator) => {
      await withSession(simulator, divider, async (session) => {
        const wrong: readonly Partial<RunRequest>[] = [
          { analyses: [] },
          { analyses: [{ kind: "dc", source: "nobody", start: 0, stop: 1, step: 1 }] },
          { analyses: [{ kind: "dc", source: "in", start: 0, stop: 1, step: 0 }] },
          { analyses: [{ kind: "ac", pointsPerDecade: 0, startHz: 1, stopHz: 10 }] },
          { analyses: [{ kind: "ac", pointsPerDecade: 10, startHz: 0, stopHz: 10 }] },
          { analyses: [{ kind: "ac", pointsPerDecade: 1e12, startHz: 1, stopHz: 10 }] },
          { analyses: [{ kind: "tran", stepS: -1, stopS: 1 }] },
          { analyses: [{ kind: "noise", output: "b) v1\nquit", input: "in", pointsPerDecade: 1, startHz: 1, stopHz: 10 }] },
          { save: ["b) > file"] },
          { save: ["i(top)"] },
          { devices: ["top"] },
          { nodeset: { nowhere: 1 } },
          { nodeset: { b: Number.NaN } },
          { timeoutMs: Number.NaN },
        ];
        const { analyses: able } = simulator.capabilities();
        for (const part of wrong) {
          if (part.analyses?.every(({ kind }) => able.includes(kind)) === false) continue;
          const result = await session.run({ ...op, ...part });
          promise(result.status === "parse_error", `${JSON.stringify(part)} gave ${result.status}`);
        }
        near("divider output afterwards", resultOf(await session.run(op), "op").op.nodes.b, 2, 1e-9);
      });
    }),
  ];
}

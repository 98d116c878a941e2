import type { Circuit } from "../../circuit/circuit.js";
import { portKind } from "../../circuit/ports.js";
import type { Conditions, TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { END_ID } from "../../language-model/vocabulary.js";
import { TopogenieError } from "../../runtime/error.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { SENTENCES } from "./complete-grammar.js";
import { driveGrammar } from "./drive-grammar.js";

/** What a sentence is asked to be about, as far as the scheme says that it can be asked. */
export function conditions(scheme: TokenizationScheme, circuits: readonly Circuit[]): readonly BehaviourCheck[] {
  const { grammar, conditions: able } = scheme.capabilities();
  if (grammar === "partial") return [];
  return [
    {
      name: "leads sentences by the conditions that it knows, and asks for them by its grammar",
      run: () => {
        for (const circuit of circuits) checkLedSentence(scheme, circuits, circuit);
      },
    },
    ...(able.includes("ports")
      ? [
          {
            name: "can be asked for a port that no circuit has, once its vocabulary was asked for it",
            run: () => checkUnseenPort(scheme, circuits),
          },
        ]
      : []),
    ...kept
      .filter(({ condition }) => able.includes(condition))
      .map((asked) => ({
        name: `has a grammar that keeps to the condition ${asked.title}`,
        run: () => checkKept(scheme, circuits, asked),
      })),
  ];
}

/** A condition that a grammar keeps: what to ask for so that this circuit would do, and whether another one does. */
interface Kept {
  readonly condition: keyof Conditions;
  readonly title: string;
  readonly ask: (model: Circuit) => Conditions;
  readonly holds: (decoded: Circuit, model: Circuit) => boolean;
}

const kept: readonly Kept[] = [
  {
    condition: "deviceCount",
    title: "deviceCount",
    ask: ({ devices }) => ({ deviceCount: devices.length }),
    holds: ({ devices }, model) => devices.length === model.devices.length,
  },
  {
    condition: "deviceCount",
    title: "deviceCount: { atMost }",
    ask: ({ devices }) => ({ deviceCount: { atMost: devices.length } }),
    holds: ({ devices }, model) => devices.length <= model.devices.length,
  },
  {
    condition: "ports",
    title: "ports",
    ask: ({ ports }) => ({ ports }),
    holds: ({ ports }, model) => [...ports].sort().join() === [...model.ports].sort().join(),
  },
  {
    condition: "portKinds",
    title: "portKinds",
    ask: (model) => ({ portKinds: kindsOf(model).map(({ kind, count }) => ({ kind, minimum: 1, maximum: count })) }),
    holds: (decoded, model) => {
      const asked = kindsOf(model);
      const got = kindsOf(decoded);
      return (
        asked.every(({ kind }) => got.some((other) => other.kind === kind)) &&
        got.every(({ kind, count }) => asked.some((other) => other.kind === kind && count <= other.count))
      );
    },
  },
];

function checkUnseenPort(scheme: TokenizationScheme, circuits: readonly Circuit[]): void {
  const port = Array.from({ length: 99 }, (_, index) => `VCLK${index + 1}`).find((name) =>
    circuits.every((circuit) => !circuit.isPort(name)),
  );
  promise(port !== undefined, "the suite needs circuits without a port VCLK1 to VCLK99");
  const vocabulary = scheme.vocabulary(circuits, { ports: [port] });
  const decoded = driveGrammar(scheme, vocabulary, circuits, { ports: ["VSS", port] }, createRng("unseen port"));
  promise(decoded.isPort(port), `asked for the port ${port}, the sentence gives ${decoded.ports.join(", ")}`);
}

function checkKept(scheme: TokenizationScheme, circuits: readonly Circuit[], { ask, holds }: Kept): void {
  let refused = 0;
  for (let sentence = 0; sentence < SENTENCES; sentence++) {
    const rng = createRng(sentence);
    const model = circuits[rng.integer(circuits.length)];
    if (model === undefined) continue;
    const decoded = unlessRefused(() => driveGrammar(scheme, scheme.vocabulary(circuits), circuits, ask(model), rng));
    if (decoded === undefined) {
      refused++;
      continue;
    }
    promise(
      holds(decoded, model),
      `asked for ${JSON.stringify(ask(model))}, the sentence gives ${decoded.devices.length} devices and ${decoded.ports.join(", ")}`,
    );
  }
  promise(2 * refused <= SENTENCES, `at least half of what is asked is promised: ${refused} of ${SENTENCES} were refused`);
}

/** Undefined where a grammar finds no way to promise what is asked, and says so before the first token. */
function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof TopogenieError && error.code === "GRAMMAR_LIMIT") return undefined;
    throw error;
  }
}

/** A circuit written under conditions is allowed under the same ones, and under no other family. */
function checkLedSentence(scheme: TokenizationScheme, circuits: readonly Circuit[], circuit: Circuit): void {
  const able = scheme.capabilities().conditions;
  const families = able.includes("family") ? ["one", "another"] : [];
  const mostDevices = able.includes("deviceCount") ? Math.max(...circuits.map(({ devices }) => devices.length)) : 0;
  const vocabulary = scheme.vocabulary(circuits, { families, mostDevices });
  const conditions: Conditions = {
    ...(able.includes("family") ? { family: "one" } : {}),
    ...(able.includes("deviceCount") ? { deviceCount: circuit.devices.length } : {}),
    ...(able.includes("ports") ? { ports: circuit.ports } : {}),
  };
  const tokens = scheme.encode(circuit, createRng("conditions"), conditions);
  const grammarOf = (asked: Conditions) => scheme.grammar(vocabulary, 2 * tokens.length + 200, asked);
  if (unlessRefused(() => grammarOf(conditions)) === undefined) return;
  const write = (asked: Conditions): void => {
    const state = grammarOf(asked);
    for (const id of [...tokens.map((token) => vocabulary.id(token)), END_ID]) state.push(id);
    promise(state.finished, `"${circuit.name}": the grammar is not finished after the end token`);
  };
  write(conditions);
  if (!able.includes("family")) return;
  let isRefused = false;
  try {
    write({ ...conditions, family: "another" });
  } catch (error) {
    isRefused = error instanceof TopogenieError;
  }
  promise(isRefused, `"${circuit.name}" is written for one family, but the grammar allows it for another`);
}

function kindsOf({ ports }: Circuit): { readonly kind: string; readonly count: number }[] {
  const kinds = ports.map(portKind);
  return [...new Set(kinds)].map((kind) => ({ kind, count: kinds.filter((other) => other === kind).length }));
}

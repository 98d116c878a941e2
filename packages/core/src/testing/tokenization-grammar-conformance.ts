import type { Circuit } from "../circuit/circuit.js";
import type { Conditions, GrammarState, TokenizationScheme, Vocabulary } from "../contracts/tokenization-scheme.js";
import { END_ID } from "../language-model/vocabulary.js";
import { TopogenieError } from "../runtime/error.js";
import { createRng, type Rng } from "../runtime/rng.js";
import { promise, type ConformanceCheck } from "./conformance-check.js";

const SENTENCES = 200;

/** What the grammar of a tokenization scheme promises. A grammar that says it is complete is driven by random choice. */
export function grammarConformance(scheme: TokenizationScheme, circuits: readonly Circuit[]): readonly ConformanceCheck[] {
  const vocabulary = (): Vocabulary => scheme.vocabulary(circuits);
  const check = (name: string, run: () => void): ConformanceCheck => ({ name: `${scheme.name}: ${name}`, run });
  const checks = [
    check("has a grammar that allows what it writes", () => {
      for (const circuit of circuits) checkOwnSentence(scheme, vocabulary(), circuit);
    }),
    check("has a grammar that throws a coded error at a token not allowed", () => checkRefusal(scheme, vocabulary())),
  ];
  if (scheme.capabilities().grammar === "partial") return checks;
  return [
    ...checks,
    check("has a grammar without dead ends, whose sentences all decode", () => {
      for (let sentence = 0; sentence < SENTENCES; sentence++) drive(scheme, vocabulary(), circuits, {}, createRng(sentence));
    }),
    check("leads sentences by the conditions that it knows, and asks for them by its grammar", () => {
      for (const circuit of circuits) checkLedSentence(scheme, circuits, circuit);
    }),
    ...scheme.capabilities().conditions.map((condition) =>
      check(`has a grammar that keeps to the condition ${condition}`, () => {
        for (let sentence = 0; sentence < SENTENCES; sentence++) {
          const rng = createRng(sentence);
          const model = circuits[rng.integer(circuits.length)];
          if (model === undefined) continue;
          const conditions = conditionsOf(model, condition);
          const decoded = drive(scheme, vocabulary(), circuits, conditions, rng);
          const asked = JSON.stringify(conditionsOf(model, condition));
          const got = JSON.stringify(conditionsOf(decoded, condition));
          promise(condition === "family" || got === asked, `asked for ${asked}, the sentence gives ${got}`);
        }
      }),
    ),
  ];
}

function checkOwnSentence(scheme: TokenizationScheme, vocabulary: Vocabulary, circuit: Circuit): void {
  const tokens = scheme.encode(circuit, createRng("grammar"));
  // Room to spare: near its limit a grammar may rule out what could just be finished.
  const state = scheme.grammar(vocabulary, 2 * tokens.length + 200);
  const mask = new Uint8Array(vocabulary.tokens.length);
  for (const id of [...tokens.map((token) => vocabulary.id(token)), END_ID]) {
    promise(!state.finished, `"${circuit.name}": the grammar is finished before the sentence is`);
    state.allowedNext(mask);
    promise(
      mask[id] === 1,
      `"${circuit.name}": the grammar does not allow "${vocabulary.tokens[id] ?? ""}" in the scheme's own sentence`,
    );
    state.push(id);
  }
  promise(state.finished, `"${circuit.name}": the grammar is not finished after the end token`);
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
  const write = (asked: Conditions): void => {
    const state = scheme.grammar(vocabulary, 2 * tokens.length + 200, asked);
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

function checkRefusal(scheme: TokenizationScheme, vocabulary: Vocabulary): void {
  const state = scheme.grammar(vocabulary, 1000);
  const mask = new Uint8Array(vocabulary.tokens.length);
  state.allowedNext(mask);
  const refused = mask.indexOf(0);
  promise(refused >= 0, "the grammar allows every token at the start, padding included");
  try {
    state.push(refused);
  } catch (error) {
    promise(error instanceof TopogenieError, `push() must throw a coded error, not ${String(error)}`);
    return;
  }
  throw new Error(`push() took token ${refused}, which is not allowed`);
}

/** Writes a sentence by random choice under a random limit; returns its circuit. */
function drive(
  scheme: TokenizationScheme,
  vocabulary: Vocabulary,
  circuits: readonly Circuit[],
  conditions: Conditions,
  rng: Rng,
): Circuit {
  const longest = Math.max(...circuits.map((circuit) => scheme.encode(circuit, createRng(0)).length));
  const maxTokens = longest + rng.integer(longest);
  const state = scheme.grammar(vocabulary, maxTokens, conditions);
  const mask = new Uint8Array(vocabulary.tokens.length);
  const tokens: string[] = [];
  while (!state.finished) {
    const id = choose(state, mask, rng);
    promise(id >= 0, `the grammar is at a dead end after ${tokens.length} of ${maxTokens} tokens: ${tokens.join(" ")}`);
    state.push(id);
    if (id !== END_ID) tokens.push(vocabulary.tokens[id] ?? "");
    promise(tokens.length <= maxTokens, `the grammar lets a sentence grow beyond its limit of ${maxTokens} tokens`);
  }
  return scheme.decode(tokens);
}

/** A random allowed token, -1 when there is none. */
function choose(state: GrammarState, mask: Uint8Array, rng: Rng): number {
  mask.fill(255);
  if (state.candidates === undefined) state.allowedNext(mask);
  else state.candidates(mask);
  const allowed: number[] = [];
  mask.forEach((value, id) => {
    promise(value <= 1, `the grammar leaves ${value} in the mask at ${id}; it must be 0 or 1`);
    if (value === 1) allowed.push(id);
  });
  return rng.shuffle(allowed).find((id) => state.allows?.(id) ?? true) ?? -1;
}

function conditionsOf(circuit: Circuit, condition: keyof Conditions): Conditions {
  if (condition === "ports") return { ports: [...circuit.ports].sort() };
  return condition === "deviceCount" ? { deviceCount: circuit.devices.length } : {};
}

import type { Circuit } from "../../circuit/circuit.js";
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
    ...able.map((condition) => ({
      name: `has a grammar that keeps to the condition ${condition}`,
      run: () => checkKept(scheme, circuits, condition),
    })),
  ];
}

function checkKept(scheme: TokenizationScheme, circuits: readonly Circuit[], condition: keyof Conditions): void {
  for (let sentence = 0; sentence < SENTENCES; sentence++) {
    const rng = createRng(sentence);
    const model = circuits[rng.integer(circuits.length)];
    if (model === undefined) continue;
    const wanted = conditionsOf(model, condition);
    const decoded = driveGrammar(scheme, scheme.vocabulary(circuits), circuits, wanted, rng);
    const asked = JSON.stringify(wanted);
    const got = JSON.stringify(conditionsOf(decoded, condition));
    promise(condition === "family" || got === asked, `asked for ${asked}, the sentence gives ${got}`);
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

function conditionsOf(circuit: Circuit, condition: keyof Conditions): Conditions {
  if (condition === "ports") return { ports: [...circuit.ports].sort() };
  return condition === "deviceCount" ? { deviceCount: circuit.devices.length } : {};
}

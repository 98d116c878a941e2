import { elementKinds, type DeckElement, type ElementKind, type ModelCard } from "../../contracts/deck.js";
import type { Analysis, AnalysisKind, RunRequest } from "../../contracts/simulator.js";
import { promise } from "../conformance-check.js";
import { divider } from "./linear-circuits.js";
import {
  near,
  PATIENT_MS,
  resultOf,
  simulatorCheck,
  withSession,
  type SharedSimulator,
  type SimulatorCheck,
} from "./with-session.js";

const requests: Readonly<Record<AnalysisKind, Analysis>> = {
  op: { kind: "op" },
  dc: { kind: "dc", source: "in", start: 0, stop: 1, step: 0.5 },
  ac: { kind: "ac", pointsPerDecade: 1, startHz: 1, stopHz: 10 },
  tran: { kind: "tran", stepS: 1e-3, stopS: 1e-2 },
  noise: { kind: "noise", output: "b", input: "in", pointsPerDecade: 1, startHz: 1, stopHz: 10 },
};

const cardTypes: Readonly<Partial<Record<ElementKind, ModelCard["type"]>>> = {
  mosfet: "nmos",
  bipolar: "npn",
  diode: "d",
  switch: "sw",
};

const op: RunRequest = { analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS };

/** What it is, what it can do, and how it declines the rest. */
export function capabilities(shared: SharedSimulator): readonly SimulatorCheck[] {
  return [
    simulatorCheck(shared, "says what it is, and can do the least that every simulator can", {}, async (simulator) => {
      const { engine, version, analyses, elements, workers } = simulator.capabilities();
      promise(engine !== "" && version !== "", "engine and version must not be empty: they are part of a run's record");
      promise(analyses.includes("op"), "analyses must hold op");
      promise(elements.includes("resistor") && elements.includes("voltage"), "elements must hold resistor and voltage");
      promise(Number.isInteger(workers) && workers >= 1, `workers is ${workers} and must be a whole number above 0`);
      await Promise.resolve();
    }),
    simulatorCheck(
      shared,
      "what it cannot do fails as unsupported, saying what it is, and the next run is right",
      {},
      async (simulator) => {
        const able = simulator.capabilities();
        const missing = (Object.keys(elementKinds) as ElementKind[]).filter((kind) => !able.elements.includes(kind));
        for (const kind of missing) {
          const deck = { ...divider, elements: [...divider.elements, elementOf(kind)], models: cardsOf(kind) };
          await withSession(simulator, deck, async (session) => {
            const result = await session.run(op);
            promise(
              result.status === "unsupported",
              `a deck with a ${kind}, which is not in its elements, gave ${result.status}`,
            );
            promise(result.message.includes(kind), `the message does not name the ${kind}: "${result.message}"`);
          });
        }
        await withSession(simulator, divider, async (session) => {
          for (const kind of (Object.keys(requests) as AnalysisKind[]).filter((wanted) => !able.analyses.includes(wanted))) {
            const result = await session.run({ ...op, analyses: [requests[kind]] });
            promise(result.status === "unsupported", `a ${kind} analysis, which it does not have, gave ${result.status}`);
            promise(result.message.includes(kind), `the message does not name the ${kind} analysis: "${result.message}"`);
          }
          near("divider output afterwards", resultOf(await session.run(op), "op").op.nodes.b, 2, 1e-9);
        });
      },
    ),
  ];
}

function elementOf(kind: ElementKind): DeckElement {
  const nodes = ["a", "b", "0", "0"].slice(0, elementKinds[kind].nodes);
  const values = Object.fromEntries(elementKinds[kind].values.map((name) => [name, 1e-6]));
  return { kind, name: "extra", nodes, values, ...(elementKinds[kind].model ? { model: "card" } : {}) };
}

function cardsOf(kind: ElementKind): readonly ModelCard[] {
  const type = cardTypes[kind];
  return type === undefined ? [] : [{ name: "card", type, parameters: {} }];
}

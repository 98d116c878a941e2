import { GROUND, type DeckElement, type ModelCard } from "../../contracts/deck.js";
import type { Simulator } from "../../contracts/simulator.js";
import { TopogenieError } from "../../runtime/error.js";
import type { ModelCards } from "./load-models.js";

const TIMEOUT_MS = 10_000;

/**
 * Simulates one device of each card, so that a card which the engine does not take is told once and by its name, and not
 * as the failure of every circuit. Throws `MODEL_REJECTED` with the engine's words.
 */
export async function tryModels(cards: ModelCards, simulator: Simulator, signal?: AbortSignal): Promise<void> {
  for (const [type, card] of cards) {
    const session = await simulator.open({ title: "model", elements: bench(card), models: [card] });
    try {
      const analyses = [{ kind: "op" }] as const;
      const result = await session.run({ analyses, timeoutMs: TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) });
      if (result.status !== "ok") {
        throw new TopogenieError(
          "MODEL_REJECTED",
          `models.map.${type}: ${simulator.capabilities().engine} does not take the library's card "${card.name}" ` +
            `(${result.status}): ${result.message}. ` +
            `Most often a parameter of the card is one that this model level does not have.`,
        );
      }
    } finally {
      await session.close();
    }
  }
}

/** The device with a volt at its drain, collector or anode through a resistor, its control half-way. */
function bench(card: ModelCard): DeckElement[] {
  const sign = card.type === "pmos" || card.type === "pnp" ? -1 : 1;
  const supply: DeckElement[] = [
    { kind: "voltage", name: "supply", nodes: ["rail", GROUND], values: { dc: sign } },
    { kind: "resistor", name: "load", nodes: ["rail", "out"], values: { r: 10e3 } },
    { kind: "resistor", name: "drive", nodes: ["rail", "control"], values: { r: 1e6 } },
    { kind: "resistor", name: "divide", nodes: ["control", GROUND], values: { r: 1e6 } },
  ];
  const device = { name: "device", model: card.name };
  switch (card.type) {
    case "nmos":
    case "pmos":
      return [...supply, { ...device, kind: "mosfet", nodes: ["out", "control", GROUND, GROUND], values: { w: 10e-6, l: 1e-6 } }];
    case "npn":
    case "pnp":
      return [...supply, { ...device, kind: "bipolar", nodes: ["out", "control", GROUND], values: { area: 1 } }];
    default:
      return [...supply, { ...device, kind: "diode", nodes: ["out", GROUND], values: { area: 1 } }];
  }
}

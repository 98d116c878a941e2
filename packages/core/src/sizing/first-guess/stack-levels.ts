import type { GuessedTransistor } from "./bench-transistors.js";

/** What a channel is given beyond its saturation voltage of 2 / (gm/ID), volts. */
const MARGIN_VOLTS = 0.08;
/** Where nothing tells how far a net stands from its rail, volts. */
const UNKNOWN_VOLTS = 0.2;

/** Voltages of nets as the transistors standing on each other ask for them. */
export class StackLevels {
  readonly #transistors: readonly GuessedTransistor[];
  readonly #rails: { readonly supply: string; readonly supplyVolts: number };
  readonly #held: ReadonlyMap<string, number>;
  readonly #inputs: ReadonlyMap<string, number>;

  /**
   * @param held volts of nodes that sources hold, ground and supply among them
   * @param inputs volts of gates from which the sources of pairs and followers hang
   */
  constructor(
    transistors: readonly GuessedTransistor[],
    rails: { readonly supply: string; readonly supplyVolts: number },
    held: ReadonlyMap<string, number>,
    inputs: ReadonlyMap<string, number>,
  ) {
    this.#transistors = transistors;
    this.#rails = rails;
    this.#held = held;
    this.#inputs = inputs;
  }

  /** Volts of a net on which transistors of a polarity stand: the least that keeps those below them saturated. */
  standing(node: string, up: 1 | -1, seen: ReadonlySet<string> = new Set()): number {
    const held = this.#held.get(node);
    if (held !== undefined) return held;
    const same = this.#transistors.filter((transistor) => transistor.up === up);
    for (const transistor of same) {
      const gate = this.#inputs.get(transistor.gate);
      if (transistor.source === node && gate !== undefined) return gate - up * gateVolts(transistor, 0);
    }
    const rail = up === 1 ? 0 : this.#rails.supplyVolts;
    if (seen.has(node)) return rail + up * UNKNOWN_VOLTS;
    const path = new Set([...seen, node]);
    const below = same.filter((transistor) => transistor.drain === node && transistor.source !== node);
    const levels = below.map((transistor) => {
      const source = this.standing(transistor.source, up, path);
      const drop = transistor.gate === node ? gateVolts(transistor, this.#body(transistor, source)) : saturationVolts(transistor);
      return source + up * drop;
    });
    if (levels.length > 0) return this.#inside(up === 1 ? Math.max(...levels) : Math.min(...levels));
    const sensed = same.find((transistor) => transistor.gate === node && this.#held.has(transistor.source));
    return sensed === undefined ? rail + up * UNKNOWN_VOLTS : (this.#held.get(sensed.source) ?? rail) + up * gateVolts(sensed, 0);
  }

  /** Volts that a transistor asks of its gate. */
  gate(transistor: GuessedTransistor): number {
    const source = this.standing(transistor.source, transistor.up);
    return this.#inside(source + transistor.up * gateVolts(transistor, this.#body(transistor, source)));
  }

  /** Source-bulk voltage as a magnitude; a bulk on no held node is taken to be tied to the source. */
  #body({ bulk, up }: GuessedTransistor, source: number): number {
    return Math.max(0, up * (source - (this.#held.get(bulk) ?? source)));
  }

  #inside(volts: number): number {
    return Math.min(this.#rails.supplyVolts, Math.max(0, volts));
  }
}

function gateVolts({ table, gmId, length }: GuessedTransistor, body: number): number {
  return table.gateVolts(gmId, length, body);
}

function saturationVolts({ gmId }: GuessedTransistor): number {
  return 2 / gmId + MARGIN_VOLTS;
}

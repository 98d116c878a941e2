import { askedDevices, END_ID, MaskedGrammar, TopogenieError, type DeviceType, type SentenceLimits } from "@topogenie/core";
import { NetlistGrammar } from "../netlist-grammar.js";
import type { RowTables } from "./row-tables.js";

/** Where a net was touched last. */
interface Touch {
  readonly row: number;
  readonly pin: string;
}

/** Most tokens that stand for one of the netlist: an edge is a distance and a pin. */
const TOKENS_EACH = 2;

/**
 * Allows exactly the rows whose circuits {@link NetlistGrammar} allows: every choice is translated into its words, in which an
 * internal net is one word. What it promises (no dead ends, only legal circuits) holds here for that reason, within half the
 * tokens, since an edge takes two.
 */
export class AdjacencyGrammar extends MaskedGrammar {
  readonly #tables: RowTables;
  readonly #netlist: NetlistGrammar;
  readonly #allowed: Uint8Array;
  /** By net, in the order in which they were opened. */
  readonly #last: Touch[] = [];
  /** The row that is being written or was written last. */
  #row = -1;
  #type: DeviceType | undefined;
  #pin = 0;
  /** The row at one of whose pins the edge that has been begun ends; -1 between edges. */
  #target = -1;
  #endsSoon = false;

  /**
   * Throws `GRAMMAR_LIMIT` when no circuit fits into the limit, and `GRAMMAR_CONDITIONS` when the vocabulary lacks a port or has
   * no words for so many devices.
   */
  constructor(tables: RowTables, limits: SentenceLimits) {
    super(tables.size, limits);
    const { maxTokens, written, conditions } = limits;
    const most = tables.backs.length;
    const { devices, isExact } = askedDevices(conditions);
    if (isExact && devices > most) {
      throw new TopogenieError(
        "GRAMMAR_CONDITIONS",
        `Circuits of ${devices} devices were asked for, but this vocabulary was made from circuits of at most ${most}.`,
      );
    }
    this.#tables = tables;
    this.#netlist = new NetlistGrammar(tables.netlist, {
      maxTokens: Math.floor((maxTokens - written) / TOKENS_EACH),
      written: 0,
      conditions: isExact ? conditions : { ...conditions, deviceCount: { atMost: Math.min(devices, most) } },
    });
    this.#allowed = new Uint8Array(tables.netlist.size);
  }

  /** An edge that has been begun is finished first: its row was chosen by what was allowed before. */
  override endSoon(): void {
    this.#endsSoon = true;
    this.outdateMask();
  }

  protected override take(id: number): void {
    const { types, toNetlist, open, backs } = this.#tables;
    const type = types[id];
    if (type !== undefined) {
      this.#row++;
      this.#type = type;
      this.#pin = 0;
      this.#netlist.push(toNetlist[id] as number);
    } else if (this.#target >= 0) {
      const net = this.#last.findIndex(({ row, pin }) => row === this.#target && this.#tables.pins.get(pin) === id);
      this.#target = -1;
      this.#touch(net);
    } else if (id === open) {
      this.#touch(this.#last.length);
    } else if ((toNetlist[id] as number) >= 0) {
      this.#netlist.push(toNetlist[id] as number);
      this.#pin++;
    } else {
      this.#target = this.#row - backs.indexOf(id);
    }
  }

  protected override allow(mask: Uint8Array): void {
    const { fromNetlist, open, backs, pins, netlist } = this.#tables;
    if (this.#endsSoon && this.#target < 0) {
      this.#endsSoon = false;
      this.#netlist.endSoon();
    }
    this.#netlist.allowedNext(this.#allowed);
    if (this.#target >= 0) {
      this.#last.forEach(({ row, pin }, net) => {
        if (row === this.#target && this.#allowed[netlist.netWords[net] as number] === 1) mask[pins.get(pin) as number] = 1;
      });
      return;
    }
    mask[END_ID] = this.#allowed[END_ID] as number;
    fromNetlist.forEach((id, word) => {
      if (id >= 0) mask[id] = this.#allowed[word] as number;
    });
    mask[open] = this.#allowed[netlist.netWords[this.#last.length] as number] ?? 0;
    this.#last.forEach(({ row }, net) => {
      if (this.#allowed[netlist.netWords[net] as number] === 1) mask[backs[this.#row - row] as number] = 1;
    });
  }

  /** Puts the pin on an internal net, a new one if it is the next. */
  #touch(net: number): void {
    this.#netlist.push(this.#tables.netlist.netWords[net] as number);
    if (this.#last[net]?.row !== this.#row) {
      this.#last[net] = { row: this.#row, pin: this.#type?.pins[this.#pin]?.name ?? "" };
    }
    this.#pin++;
  }
}

import {
  askedDevices,
  askedPorts,
  END_ID,
  partsOf,
  refuseLimit,
  TokenKind,
  TopogenieError,
  Want,
  type AskedDevices,
  type GrammarState,
  type PinVocabulary,
  type SentenceLimits,
} from "@topogenie/core";
import type { PortPins } from "../options.js";
import { FinishingPlanner } from "./finishing-plan.js";
import type { Plan } from "./plan-draft.js";
import { WalkState } from "./walk-state.js";

/**
 * Allows Eulerian circuits of the pin graphs of circuits that obey core's electrical rules, as long as they can be finished
 * within the limit.
 *
 * The automaton always has a plan in hand by which the sentence can be finished (see {@link FinishingPlanner}). A token is
 * allowed if it keeps to the plan, or if afterwards a new plan can be made. Since an arc that keeps to the plan always exists
 * (Fleury 1883, on the graph of owed and planned arcs), there are no dead ends. Near the limit some sentences are ruled out that
 * could just have been finished, because the planner is not clever.
 */
export class LegalWalkGrammar implements GrammarState {
  readonly #state: WalkState;
  readonly #tables: PinVocabulary;
  readonly #maxTokens: number;
  readonly #planner: FinishingPlanner;
  readonly #portsAsked: readonly number[];
  readonly #portIsAllowed: Uint8Array;
  readonly #mask: Uint8Array;
  /** 1 for the pins of devices not yet begun. */
  readonly #freePins: Uint8Array;
  /** The candidate asked about last, and the plan for after it; for a push at once. */
  #confirmed: { readonly id: number; readonly plan: Plan | undefined } | undefined;
  #plan: Plan;
  #written: number;
  readonly #count: AskedDevices;
  #finished = false;

  /**
   * Throws `GRAMMAR_LIMIT` when no circuit fits into `maxTokens`, and `GRAMMAR_CONDITIONS` when the vocabulary cannot
   * meet the conditions.
   */
  constructor(tables: PinVocabulary, portPins: PortPins, { maxTokens, written, conditions }: SentenceLimits) {
    this.#tables = tables;
    this.#maxTokens = maxTokens;
    this.#written = written;
    this.#count = askedDevices(conditions);
    this.#state = new WalkState(tables, portPins);
    this.#mask = new Uint8Array(tables.size);
    this.#freePins = new Uint8Array(tables.size);
    for (const { pins } of tables.devices) for (const pin of pins) this.#freePins[pin] = 1;
    this.#portIsAllowed = new Uint8Array(tables.size);
    const ports = tables.ports.map((id) => ({ id, name: tables.names[id] as string }));
    const { allowed, required } = askedPorts(ports, conditions);
    this.#portsAsked = required.map(({ id }) => id);
    for (const { id } of allowed) this.#portIsAllowed[id] = 1;
    this.#planner = new FinishingPlanner(this.#state, this.#portsAsked, this.#portIsAllowed, this.#count);
    this.#plan = this.#planner.plan(maxTokens - written - 1) ?? refuseLimit(maxTokens, conditions, required);
  }

  get finished(): boolean {
    return this.#finished;
  }

  allowedNext(mask: Uint8Array): void {
    this.candidates(mask);
    const known = new Map<number, boolean>();
    for (let id = 0; id < mask.length; id++) {
      if (mask[id] === 0) continue;
      const look = this.#lookOf(id);
      const isAllowed = known.get(look) ?? this.allows(id);
      known.set(look, isAllowed);
      if (!isAllowed) mask[id] = 0;
    }
  }

  /** Steps that the form of the graph and the electrical rules allow here, whether or not they leave a way to finish. */
  candidates(mask: Uint8Array): void {
    mask.fill(0);
    if (this.#finished) return;
    const state = this.#state;
    const { here, circuit, open } = state;
    if (here < 0) {
      mask[this.#tables.root] = 1;
      return;
    }
    if (this.#mayJoin(here)) this.#markJoins(here, mask);
    for (const to of open.from(here)) mask[to] = 1;
    if (
      here === this.#tables.root &&
      open.count === 0 &&
      circuit.devices.length > 0 &&
      (!this.#count.isExact || circuit.devices.length === this.#count.devices) &&
      circuit.wanting[Want.device] + circuit.wanting[Want.voltage] === 0 &&
      this.#portsAsked.every((port) => circuit.pinsOn(state.net(port)) > 0) &&
      partsOf(circuit).every((part) => part === 0)
    ) {
      mask[END_ID] = 1;
    }
  }

  allows(id: number): boolean {
    const state = this.#state;
    if (id === END_ID || state.here < 0) return true;
    if (state.open.has(state.here, id) && this.#comesBack(id)) {
      this.#confirmed = { id, plan: this.#plan };
      return true;
    }
    const tokens = this.#maxTokens - this.#written - 1;
    const mark = state.mark();
    this.#step(id);
    const plan = this.#planner.holds(this.#plan, tokens) ? this.#plan : this.#planner.plan(tokens);
    state.rollback(mark);
    this.#confirmed = { id, plan };
    return plan !== undefined;
  }

  push(id: number): void {
    if (this.#confirmed?.id !== id) {
      this.candidates(this.#mask);
      if (this.#mask[id] !== 1 || !this.allows(id)) this.#refuse(id);
    }
    const plan = this.#confirmed?.plan;
    this.#confirmed = undefined;
    if (id === END_ID) {
      this.#finished = true;
      return;
    }
    if (plan === undefined && this.#state.here >= 0) this.#refuse(id);
    this.#step(id);
    const device = this.#tables.devices[this.#tables.deviceOf[id] as number];
    for (const pin of device?.pins ?? []) this.#freePins[pin] = 0;
    this.#written++;
    this.#plan = (plan ?? this.#plan).filter((pair) => !this.#isDone(pair));
  }

  /**
   * Whether what the walk can come to stays the same when it takes an owed arc: then nothing changes for the plan in hand, as
   * the circuit does not either. At VSS the walk so far is closed, so whatever is owed leads back there.
   */
  #comesBack(to: number): boolean {
    const { here, open } = this.#state;
    return here === this.#tables.root || open.leads(to, here);
  }

  #refuse(id: number): never {
    throw new TopogenieError(
      "TOKEN_NOT_ALLOWED",
      `Token ${id} may not follow here, after ${this.#written} tokens of this sentence.`,
    );
  }

  /** Tokens that are alike in all that a plan looks at: pins of devices of which nothing is said yet, by type and place. */
  #lookOf(id: number): number {
    const device = this.#tables.devices[this.#tables.deviceOf[id] as number];
    if (device === undefined || this.#state.isBegun(id)) return id;
    // The plan in hand means one device and no other.
    if (this.#plan.some((pair) => pair.some((end) => this.#tables.deviceOf[end] === this.#tables.deviceOf[id]))) return id;
    return this.#tables.size + 64 * device.type + (this.#tables.pinOf[id] as number);
  }

  #isDone([one, other]: readonly [number, number]): boolean {
    return (
      [one, other].every((id) => this.#tables.kinds[id] === TokenKind.port || this.#state.isBegun(id)) &&
      this.#state.net(one) === this.#state.net(other)
    );
  }

  #step(to: number): void {
    const state = this.#state;
    if (state.here < 0) {
      state.here = to;
      return;
    }
    if (!state.open.has(state.here, to)) {
      const index = this.#tables.deviceOf[to] as number;
      if (index >= 0 && !state.isBegun(to)) state.begin(index);
      state.join(state.net(state.here), state.net(to));
    }
    state.walk(to);
  }

  /** Whether a connection not yet told may lead on from here. */
  #mayJoin(here: number): boolean {
    const kind = this.#tables.kinds[here];
    if (kind === TokenKind.port) return true;
    return kind === TokenKind.pin && !(this.#state.isStar && this.#state.port(this.#state.net(here)) >= 0);
  }

  #markJoins(here: number, mask: Uint8Array): void {
    const state = this.#state;
    const { circuit } = state;
    const net = state.net(here);
    // A pin that touches nothing may be joined to any net that can be joined at all.
    if (circuit.devices.length < this.#count.devices) mask.set(this.#freePins);
    for (let other = 0; other < circuit.netCount; other++) {
      if (circuit.pinsOn(other) === 0) continue;
      // In the star form a pin on a port's net is joined to the port alone.
      if (state.isStar && state.port(other) >= 0) continue;
      if (state.edgesOfJoin(net, other) > 0) for (const pin of state.pins(other)) mask[pin] = 1;
    }
    if (this.#tables.kinds[here] !== TokenKind.pin) return;
    for (const port of this.#tables.ports) {
      if (this.#portIsAllowed[port] === 1 && state.edgesOfJoin(net, state.net(port)) > 0) mask[port] = 1;
    }
  }
}

import {
  askedDevices,
  askedPorts,
  END_ID,
  MaskedGrammar,
  OpenCircuit,
  PinPlan,
  refuseLimit,
  Want,
  type PinRoles,
  type SentenceLimits,
} from "@topogenie/core";
import type { GrammarTables } from "./grammar-tables.js";

/**
 * Allows exactly the netlists that obey core's electrical rules, as far as they can be finished within the limit.
 *
 * The first device touches VSS; every later one touches a net, no rail, of an earlier one, so that the circuit hangs together.
 * {@link OpenCircuit} refuses shorts and counts the nets that still want a pin. A token is allowed if afterwards the pins of the
 * device that is being written can all be placed (by a {@link PinPlan}, which mends as many nets as it can on the way) and the
 * devices left can mend the rest (core's `MendingDevices`). Both plans choose by the same order, so the step that a plan would
 * take next is always allowed itself: there are no dead ends. While there is plenty left no plan is made.
 *
 * A device on the rails alone is never written, although a circuit of such a device alone would be legal.
 */
export class NetlistGrammar extends MaskedGrammar {
  readonly #tables: GrammarTables;
  readonly #circuit = new OpenCircuit();
  readonly #plan: PinPlan;
  /** Nets by token, for ports. */
  readonly #portNets: Int32Array;
  /** Tokens of the ports that may be touched. */
  readonly #portIds: readonly number[];
  /** Those of them that are rails. */
  readonly #railIds: readonly number[];
  /** Nets of the ports that must be touched, VDD last. */
  readonly #portsAsked: readonly number[];
  /** Nets by word, -1 for words not yet used. */
  readonly #wordNets: Int32Array;
  /** 1 for the tokens that name a net: the ports that may be touched, and words of nets that are there. */
  readonly #naming: Uint8Array;
  /** The token that names a net, or named it last. */
  readonly #tokenOfNet: number[];
  #netsOpened = 0;
  /** The device that is being written, -1 between devices. */
  #device = -1;
  #pin = 0;
  #devicesLeft: number;
  #hasCoil = false;
  /** What is allowed of nets that look alike, by their look. */
  readonly #known = new Int8Array(6);

  /**
   * Throws `GRAMMAR_LIMIT` when no circuit fits into the limit, and `GRAMMAR_CONDITIONS` when the vocabulary lacks a port.
   */
  constructor(tables: GrammarTables, limits: SentenceLimits) {
    super(tables.size, limits);
    const { maxTokens, conditions } = limits;
    this.#tables = tables;
    this.#devicesLeft = askedDevices(conditions).devices;
    this.#wordNets = new Int32Array(tables.netWords.length).fill(-1);
    this.#portNets = new Int32Array(tables.size).fill(-1);
    for (const { id, name } of tables.ports) this.#portNets[id] = this.#circuit.addNet(name);
    const { allowed, required } = askedPorts(tables.ports, conditions);
    this.#portIds = allowed.map(({ id }) => id);
    this.#railIds = this.#portIds.filter((id) => this.#circuit.isRail(this.#portNets[id] as number));
    this.#naming = new Uint8Array(tables.size);
    for (const id of this.#portIds) this.#naming[id] = 1;
    this.#tokenOfNet = tables.ports.map(({ id }) => id);
    this.#portsAsked = required.map(({ id }) => this.#portNets[id] as number);
    this.#plan = new PinPlan(this.#circuit, {
      asked: this.#portsAsked,
      ports: allowed.map(({ id, name }) => ({ name, net: this.#portNets[id] as number })),
      internalCount: () => Math.min(this.#netsOpened, this.#wordNets.length),
      internalNet: (_, word) => (this.#isNamed(word) ? (this.#wordNets[word] as number) : -1),
    });
    if (!this.canStart(tables)) refuseLimit(maxTokens, conditions, required);
  }

  protected override take(id: number): void {
    const roles = this.#tables.types[id];
    if (roles !== undefined) {
      this.#device = this.#circuit.begin(roles);
      this.#pin = 0;
      this.#devicesLeft--;
      this.#hasCoil ||= roles.isInductor;
      return;
    }
    this.#circuit.place(this.#device, this.#pin, this.#netOf(id));
    const word = this.#tables.wordOf[id] as number;
    if (word >= 0 && word === this.#nextWord) {
      this.#wordNets[word] = this.#circuit.netCount - 1;
      this.#netsOpened++;
      this.#tokenOfNet.push(id);
      this.#naming[id] = 1;
      this.#naming[this.#tables.netWords[this.#nextWord] as number] = 0;
    }
    this.#pin++;
    if (this.#pin === this.#circuit.rolesOf(this.#device).pinCount) this.#device = -1;
  }

  protected override allow(mask: Uint8Array): void {
    if (this.#device < 0) this.#allowDevices(mask);
    else this.#allowNets(mask);
  }

  /** The word that opens the next net. */
  get #nextWord(): number {
    return this.#netsOpened % this.#tables.netWords.length;
  }

  /** The net that a token means here; a new one for the word whose turn it is. */
  #netOf(id: number): number {
    const port = this.#portNets[id] as number;
    if (port >= 0) return port;
    const word = this.#tables.wordOf[id] as number;
    return word === this.#nextWord ? this.#circuit.addNet() : (this.#wordNets[word] as number);
  }

  #allowDevices(mask: Uint8Array): void {
    const { wanting, devices } = this.#circuit;
    const isComplete = wanting[Want.device] + wanting[Want.voltage] === 0 && this.#plan.portsMissing() === 0;
    if (isComplete && devices.length > 0 && (!this.isExact || this.#devicesLeft === 0)) mask[END_ID] = 1;
    if (this.#devicesLeft === 0) return;
    for (const id of this.#tables.typeIds) {
      const roles = this.#tables.types[id] as PinRoles;
      // Any device can be finished on VSS and a net that links it, save a coil where other coils may lead to VDD.
      if (devices.length > 0 && !(roles.isInductor && this.#hasCoil) && this.#hasPlenty(roles, 0)) {
        mask[id] = 1;
        continue;
      }
      const mark = this.#circuit.mark();
      const device = this.#circuit.begin(roles);
      this.#devicesLeft--;
      if (this.#canFinish(device, 0)) mask[id] = 1;
      this.#devicesLeft++;
      this.#circuit.rollback(mark);
    }
  }

  #allowNets(mask: Uint8Array): void {
    const { netWords } = this.#tables;
    const roles = this.#circuit.rolesOf(this.#device);
    const hasPlenty = isSimple(roles) && this.#device > 0 && this.#hasPlenty(roles, this.#pin);
    // The net whose word has its turn afterwards can then be named no more.
    const lost = this.#wordNets[(this.#netsOpened + 1) % netWords.length] as number;
    const mayOpen = lost < 0 || this.#circuit.want(lost) === Want.nothing;
    const next = netWords[this.#nextWord] as number;
    if (hasPlenty) {
      this.#allowAllNets(mask);
      if (mayOpen) mask[next] = this.#mustLink() ? 0 : 1;
      return;
    }
    this.#known.fill(-1);
    for (const id of this.#portIds) mask[id] = this.#allowsNet(this.#portNets[id] as number);
    if (mayOpen) mask[next] = this.#allowsNewNet();
    const named = Math.min(this.#netsOpened, netWords.length);
    for (let word = 0; word < named; word++) {
      if (this.#isNamed(word)) mask[netWords[word] as number] = this.#allowsNet(this.#wordNets[word] as number);
    }
  }

  /** With plenty left all nets are allowed, save where the device is on already or the rules look further: those are tried. */
  #allowAllNets(mask: Uint8Array): void {
    const circuit = this.#circuit;
    const device = this.#device;
    const mustLink = this.#mustLink();
    mask.set(this.#naming);
    if (mustLink) {
      for (const id of this.#portIds) if (circuit.pinsOn(this.#portNets[id] as number) === 0) mask[id] = 0;
    }
    for (const id of this.#railIds) {
      mask[id] = !mustLink && circuit.mayPlace(device, this.#pin, this.#portNets[id] as number) ? 1 : 0;
    }
    for (const net of circuit.netsOf(device)) {
      if (net < 0 || circuit.isRail(net)) continue;
      const id = this.#tokenOfNet[net] as number;
      const isNamed = mask[id] === 1 && this.#netOf(id) === net;
      const mayBe = circuit.mayPlace(device, this.#pin, net) && (!mustLink || this.#plan.links(device, net));
      if (isNamed && !mayBe) mask[id] = 0;
    }
  }

  /** Whether only a net that links the device to others will do for the pin. */
  #mustLink(): boolean {
    return this.#pin === this.#circuit.rolesOf(this.#device).pinCount - 1 && !this.#plan.isLinked(this.#device);
  }

  /** Whether the pin may be on a net; nets that look alike from here are tried once. */
  #allowsNet(net: number): number {
    const circuit = this.#circuit;
    const isAlone = circuit.isRail(net) || circuit.touches(this.#device, net) || circuit.rolesOf(this.#device).isInductor;
    if (isAlone) return this.#tries(net);
    const isTouched = circuit.pinsOn(net) > 0;
    const look = circuit.isPort(net) ? (isTouched ? 3 : this.#portsAsked.includes(net) ? 4 : 5) : circuit.want(net);
    if (this.#known[look] === -1) this.#known[look] = this.#tries(net);
    return this.#known[look] as number;
  }

  #allowsNewNet(): number {
    const mark = this.#circuit.mark();
    const net = this.#circuit.addNet();
    this.#netsOpened++;
    const isAllowed = this.#tries(net);
    this.#netsOpened--;
    this.#circuit.rollback(mark);
    return isAllowed;
  }

  #tries(net: number): number {
    const circuit = this.#circuit;
    const device = this.#device;
    if (!circuit.mayPlace(device, this.#pin, net)) return 0;
    const mark = circuit.mark();
    circuit.place(device, this.#pin, net);
    const isAllowed = this.#canFinish(device, this.#pin + 1) ? 1 : 0;
    circuit.rollback(mark);
    return isAllowed;
  }

  /** Whether the word means a net that is there. */
  #isNamed(word: number): boolean {
    return (this.#wordNets[word] as number) >= 0 && word !== this.#nextWord;
  }

  /** Whether what is left suffices for one more device for each thing that any plan could have to mend. */
  #hasPlenty(roles: PinRoles, pin: number): boolean {
    const { wanting } = this.#circuit;
    const lacks = wanting[Want.device] + wanting[Want.voltage] + this.#plan.portsMissing() + roles.pinCount + 1;
    const tokens = this.room - 1 - (roles.pinCount - pin);
    return this.#devicesLeft > 2 * lacks && tokens >= lacks * this.#tables.mending.tokensEach && !this.#isTightlyExact();
  }

  /** Whether so many devices are asked for that their tokens are short. */
  #isTightlyExact(): boolean {
    return this.isExact && (this.#devicesLeft + 1) * this.#tables.mostTokens > this.room;
  }

  /** Whether the device's pins from this one on can be placed and all that is then lacking can be mended. */
  #canFinish(device: number, pin: number): boolean {
    const circuit = this.#circuit;
    const { pinCount } = circuit.rolesOf(device);
    const tokens = this.room - 1 - (pinCount - pin);
    if (tokens < 0) return false;
    for (let next = pin; next < pinCount; next++) {
      const net = this.#plannedNet(device, next, next === pinCount - 1);
      if (net < 0) return false;
      circuit.place(device, next, net);
    }
    if (device > 0 && !this.#plan.isLinked(device)) return false;
    if (device === 0 && circuit.pinsOn(circuit.ground) === 0) return false;
    return this.#tables.mending.fits(this.#plan.lacks(), { devices: this.#devicesLeft, isExact: this.isExact, tokens });
  }

  /** Where the plan puts a pin; -1 when nothing will do. */
  #plannedNet(device: number, pin: number, isLast: boolean): number {
    const circuit = this.#circuit;
    const { ground } = circuit;
    if (device === 0 && isLast && circuit.pinsOn(ground) === 0) return circuit.mayPlace(device, pin, ground) ? ground : -1;
    const mustLink = isLast && device > 0 && !this.#plan.isLinked(device);
    const net = this.#plan.netFor(device, pin, mustLink);
    return net < 0 && device === 0 && !mustLink ? circuit.addNet() : net;
  }
}

/** Whether any pin but the last may be placed wherever the rules allow without the others being left without a place. */
function isSimple(roles: PinRoles): boolean {
  return roles.conduction.length <= 1 && !roles.isInductor;
}

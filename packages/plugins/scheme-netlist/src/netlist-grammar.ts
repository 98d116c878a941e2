import {
  END_ID,
  GROUND_PORT,
  OpenCircuit,
  SUPPLY,
  TopogenieError,
  Want,
  type Conditions,
  type GrammarState,
  type PinRoles,
} from "@topogenie/core";
import type { GrammarTables } from "./grammar-tables.js";

/**
 * Allows exactly the netlists that obey core's electrical rules, as far as they can be finished within the limit.
 *
 * The first device touches VSS; every later one touches a net, no rail, of an earlier one, so that the circuit hangs together.
 * {@link OpenCircuit} refuses shorts and counts the nets that still want a pin. A token is allowed if afterwards the pins of the
 * device that is being written can all be placed (by a plan that mends as many nets as it can on the way) and the devices left
 * can mend the rest (core's `MendingDevices`). Both plans choose by the same order, so the step that a plan would take next is
 * always allowed itself: there are no dead ends. While there is plenty left no plan is made.
 *
 * A device on the rails alone is never written, although a circuit of such a device alone would be legal.
 */
export class NetlistGrammar implements GrammarState {
  readonly #tables: GrammarTables;
  readonly #maxTokens: number;
  readonly #circuit = new OpenCircuit();
  /** Nets by token, for ports. */
  readonly #portNets: Int32Array;
  readonly #portIsAllowed: Uint8Array;
  /** Tokens of ports that must be touched, VDD last. */
  readonly #portsAsked: readonly number[];
  /** Nets by word, -1 for words not yet used. */
  readonly #wordNets: Int32Array;
  #netsOpened = 0;
  /** The device that is being written, -1 between devices. */
  #device = -1;
  #pin = 0;
  #devicesLeft: number;
  readonly #isExact: boolean;
  #written: number;
  #finished = false;
  readonly #mask: Uint8Array;
  #maskIsFresh = false;

  /**
   * Throws `GRAMMAR_LIMIT` when no circuit fits into the limit, and `GRAMMAR_CONDITIONS` when the vocabulary lacks a port.
   * @param written tokens that lead the sentence
   */
  constructor(tables: GrammarTables, maxTokens: number, written: number, conditions: Conditions = {}) {
    this.#tables = tables;
    this.#maxTokens = maxTokens;
    this.#written = written;
    this.#isExact = conditions.deviceCount !== undefined;
    this.#devicesLeft = conditions.deviceCount ?? Infinity;
    this.#mask = new Uint8Array(tables.size);
    this.#wordNets = new Int32Array(tables.netWords.length).fill(-1);
    this.#portNets = new Int32Array(tables.size).fill(-1);
    this.#portIsAllowed = new Uint8Array(tables.size);
    for (const { id, name } of tables.ports) this.#portNets[id] = this.#circuit.addNet(name);
    const asked = conditions.ports === undefined ? undefined : new Set([...conditions.ports, GROUND_PORT]);
    const askedIds = [...(asked ?? [])].map((port) => {
      const known = tables.ports.find(({ name }) => name === port);
      if (known !== undefined) return known.id;
      throw new TopogenieError(
        "GRAMMAR_CONDITIONS",
        `The conditions ask for port "${port}", which this vocabulary does not have.`,
      );
    });
    for (const id of asked === undefined ? tables.ports.map((port) => port.id) : askedIds) this.#portIsAllowed[id] = 1;
    const rank = (id: number): number => (id === tables.ground ? 0 : id === tables.supply ? 2 : 1);
    this.#portsAsked = askedIds.sort((a, b) => rank(a) - rank(b));
    this.#computeMask();
    if (!this.#mask.includes(1)) {
      throw new TopogenieError(
        "GRAMMAR_LIMIT",
        `No legal circuit of this vocabulary can be written in ${maxTokens} tokens` +
          (asked === undefined ? "" : ` with the ports ${[...asked].join(", ")}`) +
          (conditions.deviceCount === undefined ? "" : ` and exactly ${conditions.deviceCount} devices`) +
          ". Allow more.",
      );
    }
  }

  get finished(): boolean {
    return this.#finished;
  }

  allowedNext(mask: Uint8Array): void {
    if (!this.#maskIsFresh) this.#computeMask();
    mask.set(this.#mask);
  }

  push(id: number): void {
    if (!this.#maskIsFresh) this.#computeMask();
    if (this.#mask[id] !== 1) {
      throw new TopogenieError(
        "TOKEN_NOT_ALLOWED",
        `Token ${id} may not follow here, after ${this.#written} tokens of this sentence.`,
      );
    }
    this.#maskIsFresh = false;
    if (id === END_ID) {
      this.#finished = true;
      return;
    }
    this.#written++;
    const roles = this.#tables.types[id];
    if (roles !== undefined) {
      this.#device = this.#circuit.begin(roles);
      this.#pin = 0;
      this.#devicesLeft--;
      return;
    }
    this.#circuit.place(this.#device, this.#pin, this.#netOf(id));
    const word = this.#tables.wordOf[id] as number;
    if (word >= 0 && word === this.#nextWord) {
      this.#wordNets[word] = this.#circuit.netCount - 1;
      this.#netsOpened++;
    }
    this.#pin++;
    if (this.#pin === this.#roles.pinCount) this.#device = -1;
  }

  get #roles(): PinRoles {
    return (this.#circuit.devices[this.#device] as { roles: PinRoles }).roles;
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

  #computeMask(): void {
    this.#maskIsFresh = true;
    this.#mask.fill(0);
    if (this.#finished) return;
    if (this.#device < 0) this.#allowDevices();
    else this.#allowNets();
  }

  #allowDevices(): void {
    const { wanting, devices } = this.#circuit;
    const isComplete = wanting[Want.device] + wanting[Want.voltage] === 0 && this.#portsMissing() === 0;
    if (isComplete && devices.length > 0 && (!this.#isExact || this.#devicesLeft === 0)) this.#mask[END_ID] = 1;
    if (this.#devicesLeft === 0) return;
    for (const id of this.#tables.typeIds) {
      const roles = this.#tables.types[id] as PinRoles;
      if (this.#hasPlenty(roles, 0) && isSimple(roles) && devices.length > 0) {
        this.#mask[id] = 1;
        continue;
      }
      const mark = this.#circuit.mark();
      const device = this.#circuit.begin(roles);
      this.#devicesLeft--;
      if (this.#canFinish(device, 0)) this.#mask[id] = 1;
      this.#devicesLeft++;
      this.#circuit.rollback(mark);
    }
  }

  #allowNets(): void {
    const { netWords, ports } = this.#tables;
    const known = new Map<number, number>();
    for (const { id } of ports) if (this.#portIsAllowed[id] === 1) this.#allowNet(id, this.#portNets[id] as number, known);
    // The net whose word has its turn afterwards can then be named no more.
    const lost = this.#wordNets[(this.#netsOpened + 1) % netWords.length] as number;
    if (lost < 0 || this.#circuit.want(lost) === Want.nothing) this.#tryNet(netWords[this.#nextWord] as number, 1);
    netWords.forEach((id, word) => {
      if (this.#isNamed(word)) this.#allowNet(id, this.#wordNets[word] as number, known);
    });
  }

  /** Nets that look alike from here are tried once. */
  #allowNet(id: number, net: number, known: Map<number, number>): void {
    const circuit = this.#circuit;
    const isAlone = circuit.isRail(net) || circuit.touches(this.#device, net) || this.#roles.isInductor;
    if (isAlone) {
      this.#tryNet(id);
      return;
    }
    const isAsked = circuit.pinsOn(net) === 0 && this.#portsAsked.includes(id);
    const look = circuit.isPort(net) ? (circuit.pinsOn(net) > 0 ? 3 : isAsked ? 4 : 5) : circuit.want(net);
    const result = known.get(look);
    if (result === undefined) {
      this.#tryNet(id);
      known.set(look, this.#mask[id] as number);
    } else this.#mask[id] = result;
  }

  /** Whether the word means a net that is there. */
  #isNamed(word: number): boolean {
    return (this.#wordNets[word] as number) >= 0 && word !== this.#nextWord;
  }

  #tryNet(id: number, opens = 0): void {
    const device = this.#device;
    const pin = this.#pin;
    const roles = this.#roles;
    const mark = this.#circuit.mark();
    const net = this.#netOf(id);
    if (this.#circuit.mayPlace(device, pin, net)) {
      const isLast = pin === roles.pinCount - 1;
      if (isSimple(roles) && device > 0 && this.#hasPlenty(roles, pin)) {
        this.#mask[id] = !isLast || this.#links(device, net) || this.#isLinked(device) ? 1 : 0;
      } else {
        this.#circuit.place(device, pin, net);
        this.#netsOpened += opens;
        if (this.#canFinish(device, pin + 1)) this.#mask[id] = 1;
        this.#netsOpened -= opens;
      }
    }
    this.#circuit.rollback(mark);
  }

  /** Whether what is left suffices for one more device for each thing that any plan could have to mend. */
  #hasPlenty(roles: PinRoles, pin: number): boolean {
    const { wanting } = this.#circuit;
    const lacks = wanting[Want.device] + wanting[Want.voltage] + this.#portsMissing() + roles.pinCount + 1;
    const tokens = this.#maxTokens - this.#written - 1 - (roles.pinCount - pin);
    return this.#devicesLeft > 2 * lacks && tokens >= lacks * this.#tables.mending.tokensEach && !this.#isTightlyExact();
  }

  /** Whether so many devices are asked for that their tokens are short. */
  #isTightlyExact(): boolean {
    return this.#isExact && (this.#devicesLeft + 1) * this.#tables.mostTokens > this.#maxTokens - this.#written;
  }

  /** Whether the device's pins from this one on can be placed and all that is then lacking can be mended. */
  #canFinish(device: number, pin: number): boolean {
    const { roles } = this.#circuit.devices[device] as { roles: PinRoles };
    const tokens = this.#maxTokens - this.#written - 1 - (roles.pinCount - pin);
    if (tokens < 0) return false;
    for (let next = pin; next < roles.pinCount; next++) {
      const net = this.#plannedNet(device, next, next === roles.pinCount - 1);
      if (net < 0) return false;
      this.#circuit.place(device, next, net);
    }
    if (device > 0 && !this.#isLinked(device)) return false;
    if (device === 0 && this.#circuit.pinsOn(this.#circuit.ground) === 0) return false;
    const { wanting } = this.#circuit;
    return this.#tables.mending.fits(
      { voltage: wanting[Want.voltage], device: wanting[Want.device], ports: this.#portsMissing() },
      { devices: this.#devicesLeft, isExact: this.#isExact, tokens },
    );
  }

  /** Where the plan puts a pin; -1 when nothing will do. */
  #plannedNet(device: number, pin: number, isLast: boolean): number {
    const circuit = this.#circuit;
    const may = (net: number): boolean => circuit.mayPlace(device, pin, net);
    const { ground } = circuit;
    if (device === 0 && isLast && circuit.pinsOn(ground) === 0) return may(ground) ? ground : -1;
    const mustLink = isLast && device > 0 && !this.#isLinked(device);
    const { roles } = circuit.devices[device] as { roles: PinRoles };
    const named = (isMeant: (net: number) => boolean): number =>
      this.#wordNets.find((net, word) => this.#isNamed(word) && isMeant(net) && may(net)) ?? -1;
    const wanted = (want: number): number => named((net) => circuit.want(net) === want && !circuit.isOfOneDevice(net, device));
    if (roles.definesVoltage[pin] === true && circuit.wanting[Want.voltage] > 0) {
      const net = wanted(Want.voltage);
      if (net >= 0) return net;
    }
    if (!mustLink) {
      for (const id of this.#portsAsked) {
        const net = this.#portNets[id] as number;
        if (circuit.pinsOn(net) === 0 && may(net)) return net;
      }
    }
    if (circuit.wanting[Want.device] > 0) {
      const net = wanted(Want.device);
      if (net >= 0) return net;
    }
    if (!mustLink && may(ground)) return ground;
    const linking = named((net) => this.#links(device, net));
    if (linking >= 0) return linking;
    let spare = -1;
    for (const { id, name } of this.#tables.ports) {
      const net = this.#portNets[id] as number;
      if (this.#portIsAllowed[id] !== 1 || !may(net)) continue;
      if (this.#links(device, net)) return net;
      if (spare < 0 || name !== SUPPLY) spare = net;
    }
    if (mustLink) return -1;
    return spare < 0 && device === 0 ? circuit.addNet() : spare;
  }

  /** Whether a net, no rail, is touched by another device than this one. */
  #links(device: number, net: number): boolean {
    return !this.#circuit.isRail(net) && this.#circuit.pinsOn(net) > 0 && !this.#circuit.isOfOneDevice(net, device);
  }

  #isLinked(device: number): boolean {
    const { nets } = this.#circuit.devices[device] as { nets: readonly number[] };
    return nets.some((net) => net >= 0 && this.#links(device, net));
  }

  #portsMissing(): number {
    let missing = 0;
    for (const id of this.#portsAsked) if (this.#circuit.pinsOn(this.#portNets[id] as number) === 0) missing++;
    return missing;
  }
}

/** Whether any pin but the last may be placed wherever the rules allow without the others being left without a place. */
function isSimple(roles: PinRoles): boolean {
  return roles.conduction.length <= 1 && !roles.isInductor;
}

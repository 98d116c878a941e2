import {
  askedPorts,
  END_ID,
  MaskedGrammar,
  refuseLimit,
  TokenKind,
  type PinVocabulary,
  type SentenceLimits,
} from "@topogenie/core";
import type { PortPins } from "../options.js";
import { OpenArcs } from "./open-arcs.js";
import { PartialCircuit, type PartialNet } from "./partial-circuit.js";
import { StrandedParts, type StrandedPart } from "./stranded-parts.js";
import { tokensToPutBy, type Waiting } from "./tokens-to-put-by.js";

/**
 * Allows exactly the sentences that are Eulerian circuits of a pin graph, as `decode` with strictness `walk` reads them,
 * as long as they can be finished within the limit.
 *
 * Every step tells something of the graph: a device has all its pins, a pin that joins a net is joined to all of it, every
 * edge has two arcs. The arcs so told but not yet walked are *open*; they must all be walked before the end. As in Fleury's
 * algorithm (1883) the walk could always be finished by open arcs alone, were it not for steps that leave a part of them
 * behind (a *stranded part*): those are legal, because a connection not yet told may lead back. Such a step is allowed only
 * if there is a way back, and the tokens that this would take are put by. They are counted as follows. A pin of which only
 * the device is known and that is still to be passed is a *spare pin*. A stranded part that has one is reached from VSS by
 * it. Any other needs a spare pin from elsewhere that is joined to it, and so does a port that the conditions ask for;
 * where spare pins are short, a device not yet begun brings some, reached from VSS.
 *
 * Invariant: open arcs + tokens put by never exceed the tokens left, and some allowed step always keeps it so: an open arc
 * that strands nothing, else a spare pin to what waits for it, else from VSS to a stranded part or a new device. So there are
 * no dead ends.
 * The count is an upper bound: near the limit some sentences are ruled out that could just have been finished.
 */
export class EulerianGrammar extends MaskedGrammar {
  readonly #tables: PinVocabulary;
  readonly #star: boolean;
  readonly #circuit: PartialCircuit;
  readonly #open: OpenArcs;
  readonly #stranded: StrandedParts;
  readonly #allowedPorts: Uint8Array;
  readonly #requiredPorts: Uint8Array;
  /** Required ports not yet seen. */
  #portsMissing = 0;
  #sparePins = 0;
  #here = -1;
  #roomToSpare = 0;

  /**
   * Throws `GRAMMAR_LIMIT` when no circuit fits into `maxTokens`, and `GRAMMAR_CONDITIONS` when the vocabulary cannot
   * meet the conditions.
   */
  constructor(tables: PinVocabulary, portPins: PortPins, limits: SentenceLimits) {
    super(tables.size, limits);
    const { maxTokens, conditions } = limits;
    this.#tables = tables;
    this.#star = portPins === "star";
    this.#circuit = new PartialCircuit(tables, portPins);
    this.#open = new OpenArcs(tables.size);
    this.#stranded = new StrandedParts(tables.size);
    this.#requiredPorts = new Uint8Array(tables.size);
    this.#allowedPorts = new Uint8Array(tables.size);
    const ports = tables.ports.map((id) => ({ id, name: tables.names[id] as string }));
    const { allowed, required } = askedPorts(ports, conditions);
    for (const { id } of allowed) this.#allowedPorts[id] = 1;
    for (const { id } of required) this.#requiredPorts[id] = 1;
    this.#portsMissing = required.length;
    if (!this.#hasRoomForAny()) refuseLimit(maxTokens, conditions, required);
  }

  protected override take(id: number): void {
    if (this.#here < 0) this.#seePort(id);
    else if (this.#open.has(this.#here, id)) this.#walkOpenArc(id);
    else this.#connect(id);
    this.#here = id;
  }

  #seePort(port: number): void {
    if (this.#circuit.hasPort(port)) return;
    this.#circuit.seePort(port);
    if (this.#requiredPorts[port] === 1) this.#portsMissing--;
  }

  #walkOpenArc(to: number): void {
    const here = this.#here;
    const stranded = this.#strandedBy(to);
    if (this.#circuit.isLonely(here)) this.#sparePins--;
    this.#open.remove(here, to);
    if (stranded !== undefined) {
      this.#stranded.add(stranded);
      this.#sparePins -= stranded.sparePins;
    }
  }

  #connect(to: number): void {
    const here = this.#here;
    const { kinds, deviceOf, devices } = this.#tables;
    const device = deviceOf[to] as number;
    if (kinds[to] === TokenKind.port) this.#seePort(to);
    else if (this.#circuit.freePins[to] === 1) {
      this.#circuit.begin(device);
      const ids = devices[device] as PinVocabulary["devices"][number];
      for (const pin of ids.pins) {
        this.#open.add(ids.device, pin);
        this.#open.add(pin, ids.device);
      }
      this.#sparePins += ids.pins.length;
    }
    if (this.#circuit.isLonely(here)) this.#sparePins--;
    const spare = this.#isSpare(to);
    for (const [one, other] of this.#circuit.join(this.#circuit.net(here), this.#circuit.net(to))) {
      this.#open.add(one, other);
      this.#open.add(other, one);
      this.#sparePins += this.#stranded.rejoin(one) + this.#stranded.rejoin(other);
    }
    if (spare) this.#sparePins--;
    this.#open.remove(here, to);
  }

  /** A pin of which only the device is known and that the walk can come to, or is at. */
  #isSpare(id: number): boolean {
    if (!this.#circuit.isLonely(id)) return false;
    if (id === this.#here) return true;
    const device = this.#tables.devices[this.#tables.deviceOf[id] as number] as PinVocabulary["devices"][number];
    return this.#open.has(device.device, id);
  }

  /** What taking an open arc from here would leave behind, if anything. */
  #strandedBy(to: number): StrandedPart | undefined {
    const here = this.#here;
    // At VSS the walk so far is closed: every open arc has its way back.
    if (here === this.#tables.root || this.#open.from(here).length === 1 || this.#open.leads(to, here)) return undefined;
    const nodes = this.#open.component(here, to);
    let linkEdges = Infinity;
    let sparePins = 0;
    for (const node of nodes) {
      linkEdges = Math.min(linkEdges, this.#linkEdges(node));
      if (this.#isSpare(node)) sparePins++;
    }
    if (sparePins > 0) return { nodes, wayBack: "own", linkEdges: 0, sparePins };
    // In the star form a pin joins VSS without coming near the others there, so nothing leads back.
    if (linkEdges === Infinity && !this.#star) return { nodes, wayBack: "root", linkEdges: 0, sparePins };
    return { nodes, wayBack: "link", linkEdges, sparePins };
  }

  /** Edges that joining an untouched pin to this node adds; Infinity where it cannot be joined but at VSS. */
  #linkEdges(node: number): number {
    const kind = this.#tables.kinds[node];
    if (kind === TokenKind.device) return Infinity;
    const net = this.#circuit.net(node);
    if (this.#star) {
      if (kind === TokenKind.port) return 1;
      return net.port < 0 ? net.pins.length : Infinity;
    }
    // What new devices cost grows with the pins at VSS, so nothing is joined there that can be joined elsewhere.
    return net.port === this.#tables.root ? Infinity : net.pins.length + (net.port < 0 ? 0 : 1);
  }

  protected override allow(mask: Uint8Array): void {
    if (this.#here < 0) {
      mask[this.#tables.root] = this.#hasRoomForAny() ? 1 : 0;
      return;
    }
    const { kinds, root } = this.#tables;
    const kind = kinds[this.#here];
    const net = this.#circuit.net(this.#here);
    if (kind === TokenKind.port || (kind === TokenKind.pin && !(this.#star && net.port >= 0))) {
      this.#roomToSpare = this.#tokensToSpare();
      this.#allowNewDevices(net, mask);
      this.#allowBegunPins(net, kind === TokenKind.port, mask);
      if (kind === TokenKind.pin && net.port < 0) this.#allowPorts(net, mask);
    }
    this.#allowOpenArcs(mask);
    if (this.#here === root && this.#open.count === 0 && this.#circuit.deviceCount > 0 && this.#portsMissing === 0)
      mask[END_ID] = 1;
  }

  /** Whether anything can be written from the start. */
  #hasRoomForAny(): boolean {
    return 1 + this.#putBy({ ports: this.#portsMissing - 1 }) <= this.room;
  }

  #allowOpenArcs(mask: Uint8Array): void {
    const { counts, linkEdges } = this.#stranded;
    for (const to of this.#open.from(this.#here)) {
      const part = this.#strandedBy(to);
      this.#allow(mask, to, -1, {
        ownParts: counts.own + (part?.wayBack === "own" ? 1 : 0),
        linkParts: counts.link + (part?.wayBack === "link" ? 1 : 0),
        rootParts: counts.root + (part?.wayBack === "root" ? 1 : 0),
        linkEdges: linkEdges + (part?.linkEdges ?? 0),
        sparePins: this.#spareAfterHere() - (part?.sparePins ?? 0),
      });
    }
  }

  #allowNewDevices(net: PartialNet, mask: Uint8Array): void {
    const { types, devices } = this.#tables;
    const edges = this.#circuit.edgesOfJoin(net, untouchedPin);
    const joinsRoot = net.port === this.#tables.root;
    const rootPins = this.#rootPins() + (joinsRoot ? 1 : 0);
    const rootParts = joinsRoot ? 0 : this.#stranded.counts.root;
    const allowed = types.map(({ roles: { pinCount: pins } }, begun) => {
      const after = { sparePins: this.#spareAfterHere() + pins - 1, rootPins, rootParts, begun };
      return this.#open.count + 2 * (pins + edges) - 1 + this.#putBy(after) <= this.#tokensLeftAfterNext();
    });
    const { freePins } = this.#circuit;
    if (!allowed.includes(false)) {
      mask.set(freePins);
    } else if (allowed.includes(true)) {
      for (const { type, pins } of devices) {
        if (allowed[type] === true) for (const pin of pins) mask[pin] = freePins[pin] as number;
      }
    }
  }

  /** Pins of devices already begun whose nets may be joined to the net here. */
  #allowBegunPins(net: PartialNet, hereIsPort: boolean, mask: Uint8Array): void {
    for (const to of this.#circuit.begunPins) {
      const other = this.#circuit.net(to);
      // In the star form a pin is joined to a port itself, never to another pin of the port's net.
      if (this.#star && (other.port >= 0 || (hereIsPort && other.pins.length > 1))) continue;
      const edges = this.#circuit.edgesOfJoin(net, other);
      if (edges > 0) this.#allowJoin(mask, to, net, other, edges, 0);
    }
  }

  #allowPorts(net: PartialNet, mask: Uint8Array): void {
    if (this.#star && net.pins.length > 1) return;
    const plenty = this.#star && this.#roomToSpare >= 2;
    for (const port of this.#tables.ports) {
      if (this.#allowedPorts[port] === 0) continue;
      if (plenty) {
        mask[port] = 1;
        continue;
      }
      const other = this.#circuit.net(port);
      const edges = this.#circuit.edgesOfJoin(net, other);
      const found = this.#requiredPorts[port] === 1 && !this.#circuit.hasPort(port) ? 1 : 0;
      if (edges > 0) this.#allowJoin(mask, port, net, other, edges, found);
    }
  }

  #allowJoin(mask: Uint8Array, to: number, net: PartialNet, other: PartialNet, edges: number, portsFound: number): void {
    if (2 * edges <= this.#roomToSpare) {
      mask[to] = 1;
      return;
    }
    const { root } = this.#tables;
    const { counts, linkEdges } = this.#stranded;
    const part = this.#stranded.of(to);
    this.#allow(mask, to, 2 * edges - 1, {
      ownParts: counts.own - (part?.wayBack === "own" ? 1 : 0),
      linkParts: counts.link - (part?.wayBack === "link" ? 1 : 0),
      rootParts: net.port === root || other.port === root ? 0 : counts.root,
      linkEdges: linkEdges - (part?.linkEdges ?? 0),
      ports: this.#portsMissing - portsFound,
      sparePins: this.#spareAfterHere() + (part?.sparePins ?? 0) - (this.#isSpare(to) ? 1 : 0),
      rootPins: this.#rootPins() + (net.port === root ? other.pins.length : 0) + (other.port === root ? net.pins.length : 0),
    });
  }

  #allow(mask: Uint8Array, to: number, openArcs: number, after: Partial<Waiting>): void {
    if (this.#open.count + openArcs + this.#putBy(after) <= this.#tokensLeftAfterNext()) mask[to] = 1;
  }

  /** Tokens that any one join may cost without a count of what it needs put by; a short cut for when there is plenty. */
  #tokensToSpare(): number {
    const { types } = this.#tables;
    const { counts } = this.#stranded;
    const waiting = counts.own + counts.link + this.#portsMissing + 2;
    const freeDevices = this.#circuit.free.reduce((sum, count) => sum + count, 0);
    if (freeDevices < waiting) return 0;
    const rootPins = this.#star ? 0 : this.#rootPins() + this.#circuit.begunPins.length + waiting;
    const mostPutBy =
      2 *
      (this.#stranded.linkEdges +
        this.#portsMissing +
        rootPins +
        1 +
        waiting * ((types.at(-1)?.roles.pinCount ?? 0) + 1 + rootPins));
    return this.#tokensLeftAfterNext() - this.#open.count - mostPutBy;
  }

  #tokensLeftAfterNext(): number {
    return this.room - 1;
  }

  #rootPins(): number {
    return this.#circuit.net(this.#tables.root).pins.length;
  }

  /** Spare pins once the walk has left this node. */
  #spareAfterHere(): number {
    return this.#sparePins - (this.#circuit.isLonely(this.#here) ? 1 : 0);
  }

  /** Tokens to put by once `changes` have happened to what is waiting now. */
  #putBy(changes: Partial<Waiting>): number {
    const { counts, linkEdges } = this.#stranded;
    // Written out, not spread: this is the innermost call of the mask.
    const waiting: Waiting = {
      ownParts: changes.ownParts ?? counts.own,
      linkParts: changes.linkParts ?? counts.link,
      rootParts: changes.rootParts ?? counts.root,
      linkEdges: changes.linkEdges ?? linkEdges,
      ports: changes.ports ?? this.#portsMissing,
      sparePins: changes.sparePins ?? this.#sparePins,
      rootPins: changes.rootPins ?? this.#rootPins(),
      devices: this.#circuit.deviceCount,
      begun: changes.begun ?? -1,
    };
    return tokensToPutBy(waiting, this.#tables.types, this.#circuit.free, this.#star);
  }
}

const untouchedPin: PartialNet = { pins: [-1], port: -1 };

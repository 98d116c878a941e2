import {
  Circuit,
  comparePorts,
  DecodeError,
  GROUND_PORT,
  type DeviceType,
  type LexiconWord,
  type TokenLexicon,
} from "@topogenie/core";
import { JOIN, LIFT } from "./marks.js";

type Node = Exclude<LexiconWord, { kind: "device" }>;

/**
 * The circuit of a walk. A step from pin to pin of one device says nothing; any other step says that both ends share a net, and
 * one of them must be new to it. Devices come in the order in which the walk comes to them, and so do internal nets.
 * Throws `DecodeError`.
 */
export function readWalk(tokens: readonly string[], lexicon: TokenLexicon): Circuit {
  return new WalkReader(tokens, lexicon).read();
}

class WalkReader {
  readonly #tokens: readonly string[];
  readonly #lexicon: TokenLexicon;
  readonly #devices = new Map<string, { readonly type: DeviceType; readonly number: number; readonly position: number }>();
  readonly #ports = new Set<string>();
  /** Nets by pin: a port's name, or a number for an internal one. */
  readonly #nets = new Map<string, string | number>();
  #netCount = 0;
  #position = 0;

  constructor(tokens: readonly string[], lexicon: TokenLexicon) {
    this.#tokens = tokens;
    this.#lexicon = lexicon;
  }

  read(): Circuit {
    let here: Node | undefined;
    let mark: string | undefined;
    for (this.#position = 0; this.#position < this.#tokens.length; this.#position++) {
      const token = this.#tokens[this.#position] as string;
      if (this.#position === 0 && token !== GROUND_PORT) return this.#refuse(`a walk begins at ${GROUND_PORT}.`);
      if (token === LIFT || token === JOIN) {
        if (here === undefined || mark !== undefined) return this.#refuse("it must follow a pin or a port.");
        if (token === LIFT) this.#refuseLoose(here, "the walk lifts its pen");
        else if (here.kind === "port") return this.#refuse("it joins two pins of one device, not a port.");
        mark = token;
        continue;
      }
      const node = this.#node(token);
      if (here !== undefined && mark !== LIFT) this.#step(here, node, mark === JOIN);
      here = node;
      mark = undefined;
    }
    if (mark !== undefined) throw new DecodeError(this.#tokens.length, "", "the sentence ends with its pen lifted.");
    if (here?.token !== GROUND_PORT) {
      const last = Math.max(0, this.#tokens.length - 1);
      throw new DecodeError(last, this.#tokens[last] ?? "", `the walk is not closed: it must end at ${GROUND_PORT}.`);
    }
    return this.#circuit();
  }

  #node(token: string): Node {
    const word = this.#lexicon.read(token);
    if (typeof word === "string") return this.#refuse(word);
    if (word.kind === "device") return this.#refuse("this is a device; the walk passes pins and ports.");
    if (word.kind === "port") this.#ports.add(token);
    else if (!this.#devices.has(word.device)) {
      this.#devices.set(word.device, { type: word.type, number: word.number, position: this.#position });
    }
    return word;
  }

  #step(from: Node, to: Node, isJoined: boolean): void {
    if (from.token === to.token && !isJoined) this.#refuse("the walk stays where it is.");
    const isInside = from.kind === "pin" && to.kind === "pin" && from.device === to.device;
    if (isJoined && !isInside) this.#refuse(`"${JOIN}" joins two pins of one device.`);
    if (isInside && !isJoined) {
      this.#refuseLoose(from, "the walk goes on inside the device");
      return;
    }
    const [one, other] = [this.#netOf(from), this.#netOf(to)];
    if (one !== undefined && other !== undefined) {
      if (one !== other) this.#refuse(`${from.token} and ${to.token} are on two nets already.`);
      return;
    }
    const net = one ?? other ?? this.#netCount++;
    if (one === undefined) this.#nets.set(from.token, net);
    if (other === undefined) this.#nets.set(to.token, net);
  }

  #netOf(node: Node): string | number | undefined {
    return node.kind === "port" ? node.token : this.#nets.get(node.token);
  }

  #refuseLoose(node: Node, what: string): void {
    if (this.#netOf(node) === undefined) this.#refuse(`${what}, but nothing says on which net ${node.token} is.`);
  }

  #circuit(): Circuit {
    const names = new Map<string | number, string>();
    let number = 0;
    const nameOf = (net: string | number): string => {
      if (typeof net === "string") return net;
      let name = names.get(net);
      if (name === undefined) {
        do number++;
        while (this.#ports.has(`net${number}`));
        name = `net${number}`;
        names.set(net, name);
      }
      return name;
    };
    if (this.#devices.size === 0) throw new DecodeError(this.#tokens.length, "", "the walk passes no device.");
    const devices = [...this.#devices].map(([name, { type, number: ofType, position }]) => {
      const [, ...pins] = this.#lexicon.deviceTokens(type, ofType);
      const missing = pins.filter((pin) => !this.#nets.has(pin));
      if (missing.length > 0) {
        throw new DecodeError(
          position,
          this.#tokens[position] ?? "",
          `device ${name} is begun here, but nothing is told of ${missing.join(", ")}.`,
        );
      }
      return { name, type: type.name, nets: pins.map((pin) => nameOf(this.#nets.get(pin) as string | number)) };
    });
    const touched = new Set(this.#nets.values());
    for (const port of this.#ports) {
      if (!touched.has(port)) throw new DecodeError(this.#tokens.indexOf(port), port, "no pin is on this port.");
    }
    return new Circuit({ name: "decoded", ports: [...this.#ports].sort(comparePorts), devices });
  }

  #refuse(reason: string): never {
    throw new DecodeError(this.#position, this.#tokens[this.#position] ?? "", reason);
  }
}

import { TokenLexicon, type DeviceType } from "@topogenie/core";

export type Word =
  | { readonly kind: "port"; readonly port: string }
  /** Numbered from 0. */
  | { readonly kind: "net"; readonly net: number }
  | { readonly kind: "device"; readonly token: string; readonly type: DeviceType; readonly number: number }
  | { readonly kind: "edge"; readonly type: DeviceType; readonly pin: number };

const NET = /^@([1-9][0-9]{0,4})$/;

/** The words of the scheme: `NM1` is a device, `VIN1` and `@3` are nets, `NM:G` is an edge at the gate of a transistor. */
export class BipartiteWords {
  readonly types: readonly DeviceType[];
  readonly #lexicon: TokenLexicon;
  readonly #edges = new Map<string, Word>();

  /** Throws `TOKEN_PREFIX_TAKEN` when two device types write their tokens alike. */
  constructor(deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.#lexicon = new TokenLexicon(deviceTypes);
    this.types = this.#lexicon.types;
    for (const type of this.types) {
      type.pins.forEach((_, pin) => this.#edges.set(this.edge(type, pin), { kind: "edge", type, pin }));
    }
  }

  type(name: string): DeviceType | undefined {
    return this.#lexicon.type(name);
  }

  isPortName(port: string): boolean {
    return this.#lexicon.isPortName(port);
  }

  /** @param number from 1 */
  device(type: DeviceType, number: number): string {
    return `${type.tokenPrefix}${number}`;
  }

  edge(type: DeviceType, pin: number): string {
    return `${type.tokenPrefix}:${type.pins[pin]?.name ?? ""}`;
  }

  /** @param net from 0 */
  net(net: number): string {
    return `@${net + 1}`;
  }

  /** A word, or in a sentence why the token is none. */
  read(token: string): Word | string {
    const edge = this.#edges.get(token);
    if (edge !== undefined) return edge;
    const net = NET.exec(token)?.[1];
    if (net !== undefined) return { kind: "net", net: Number(net) - 1 };
    const word = this.#lexicon.read(token);
    if (typeof word === "string") return "this is neither a device nor a net nor an edge.";
    if (word.kind === "port") return { kind: "port", port: token };
    if (word.kind === "pin") return "this is a pin; edges are written as the type and its pin, such as NM:G.";
    return { kind: "device", token, type: word.type, number: word.number };
  }
}

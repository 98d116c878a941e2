import { TopogenieError, type DeviceType } from "@topogenie/core";

export type Word =
  | { readonly kind: "device"; readonly type: DeviceType }
  | { readonly kind: "port"; readonly port: string }
  /** Numbered from 0. */
  | { readonly kind: "net"; readonly net: number };

const PORT = /^[A-Za-z][A-Za-z0-9_]*$/;
const NET = /^@([1-9][0-9]{0,3})$/;

/** The words of the scheme: `NM:` begins a transistor, `VIN1` is a port and `@3` an internal net. */
export class NetlistWords {
  readonly types: readonly DeviceType[];
  readonly #byName: ReadonlyMap<string, DeviceType>;
  readonly #byWord: ReadonlyMap<string, DeviceType>;

  /** Throws `TOKEN_PREFIX_TAKEN` when two device types write their tokens alike. */
  constructor(deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.#byName = deviceTypes;
    this.types = [...deviceTypes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const byWord = new Map<string, DeviceType>();
    for (const type of this.types) {
      const other = byWord.get(this.device(type));
      if (other !== undefined) {
        throw new TopogenieError(
          "TOKEN_PREFIX_TAKEN",
          `Device types "${other.name}" and "${type.name}" both write their tokens with "${type.tokenPrefix}". ` +
            "Give one of them another tokenPrefix, or leave its plugin out.",
        );
      }
      byWord.set(this.device(type), type);
    }
    this.#byWord = byWord;
  }

  device(type: DeviceType): string {
    return `${type.tokenPrefix}:`;
  }

  net(number: number): string {
    return `@${number + 1}`;
  }

  type(name: string): DeviceType | undefined {
    return this.#byName.get(name);
  }

  isPortName(port: string): boolean {
    return PORT.test(port);
  }

  read(token: string): Word | undefined {
    const type = this.#byWord.get(token);
    if (type !== undefined) return { kind: "device", type };
    const net = NET.exec(token)?.[1];
    if (net !== undefined) return { kind: "net", net: Number(net) - 1 };
    return PORT.test(token) ? { kind: "port", port: token } : undefined;
  }
}

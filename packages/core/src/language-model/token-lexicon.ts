import type { DeviceType } from "../contracts/device-type.js";
import { TopogenieError } from "../runtime/error.js";

/** What a token says. `device` is the token of the device itself, such as `NM1`. */
export type LexiconWord =
  | { readonly kind: "port"; readonly token: string }
  | {
      readonly kind: "device";
      readonly token: string;
      readonly device: string;
      readonly type: DeviceType;
      readonly number: number;
    }
  | {
      readonly kind: "pin";
      readonly token: string;
      readonly device: string;
      readonly type: DeviceType;
      readonly number: number;
      /** Index into the type's pins. */
      readonly pin: number;
    };

/** A device number beyond this is taken for nonsense. */
const LARGEST_NUMBER = 65_535;
const PORT_NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const DEVICE_TOKEN = /^([A-Z_]+?)([0-9]+)(?:_(.*))?$/;

/** The words of schemes that number devices: `VIN1` is a port, `NM1` a device, `NM1_D` its drain. */
export class TokenLexicon {
  readonly types: readonly DeviceType[];
  readonly #byPrefix = new Map<string, DeviceType>();
  readonly #byName: ReadonlyMap<string, DeviceType>;
  readonly #words = new Map<string, LexiconWord>();
  readonly #written = new Map<string, (readonly string[])[]>();

  /** Throws `TOKEN_PREFIX_TAKEN` when two device types write their tokens alike. */
  constructor(deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.#byName = deviceTypes;
    this.types = [...deviceTypes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const type of this.types) {
      const other = this.#byPrefix.get(type.tokenPrefix);
      if (other !== undefined) {
        throw new TopogenieError(
          "TOKEN_PREFIX_TAKEN",
          `Device types "${other.name}" and "${type.name}" both write their tokens with "${type.tokenPrefix}". ` +
            "Give one of them another tokenPrefix, or leave its plugin out.",
        );
      }
      this.#byPrefix.set(type.tokenPrefix, type);
    }
  }

  type(name: string): DeviceType | undefined {
    return this.#byName.get(name);
  }

  /** Tokens of a device: itself, then its pins in the type's order. The same strings at every call. */
  deviceTokens(type: DeviceType, number: number): readonly string[] {
    let ofType = this.#written.get(type.name);
    if (ofType === undefined) {
      ofType = [];
      this.#written.set(type.name, ofType);
    }
    while (ofType.length < number) {
      const device = `${type.tokenPrefix}${ofType.length + 1}`;
      ofType.push([device, ...type.pins.map((pin) => `${device}_${pin.name}`)]);
    }
    return ofType[number - 1] as readonly string[];
  }

  /** A word, or in a sentence why the token is none. */
  read(token: string): LexiconWord | string {
    const known = this.#words.get(token);
    if (known !== undefined) return known;
    const word = this.#parse(token);
    if (typeof word !== "string") this.#words.set(token, word);
    return word;
  }

  /** Whether a net of this name can be written as a port. */
  isPortName(name: string): boolean {
    const word = this.read(name);
    return typeof word !== "string" && word.kind === "port";
  }

  #parse(token: string): LexiconWord | string {
    const match = DEVICE_TOKEN.exec(token);
    const type = match === null ? undefined : this.#byPrefix.get(match[1] as string);
    if (match === null || type === undefined) {
      return PORT_NAME.test(token) ? { kind: "port", token } : "this is neither a port nor a device nor a pin.";
    }
    const digits = match[2] as string;
    const number = Number(digits);
    if (digits.startsWith("0") || number > LARGEST_NUMBER) return `${digits} is no device number.`;
    const device = `${type.tokenPrefix}${digits}`;
    if (match[3] === undefined) return { kind: "device", token, device, type, number };
    const pin = type.pins.findIndex((candidate) => candidate.name === match[3]);
    if (pin < 0) {
      return `a device of type ${type.name} has no pin "${match[3]}", only ${type.pins.map((known) => known.name).join(", ")}.`;
    }
    return { kind: "pin", token, device, type, number, pin };
  }
}

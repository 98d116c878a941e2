import { TopogenieError, type DeviceType } from "@topogenie/core";
import { NetlistWords } from "../netlist-words.js";

export type RowWord =
  | { readonly kind: "device"; readonly type: DeviceType }
  | { readonly kind: "port"; readonly port: string }
  /** A net that no pin touches yet. */
  | { readonly kind: "open" }
  /** An edge to the device so many before; 0 is the device itself. */
  | { readonly kind: "back"; readonly back: number }
  /** The pin at which an edge ends. */
  | { readonly kind: "pin"; readonly pin: string };

const BACK = /^-(0|[1-9][0-9]{0,3})$/;
const PIN = /^\.([A-Za-z0-9_]+)$/;

/** The word for a net that no pin touches yet. */
export const OPEN = "@";

/** The words of the scheme: `NM:` begins a transistor, `VIN1` is a port, `-2 .G` an edge to the gate of the device before last. */
export class RowWords {
  readonly types: readonly DeviceType[];
  readonly netlist: NetlistWords;

  /** Throws `TOKEN_PREFIX_TAKEN` when two device types write their tokens alike, `PIN_NAME_UNFIT` for a pin that has no word. */
  constructor(deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.netlist = new NetlistWords(deviceTypes);
    this.types = this.netlist.types;
    for (const { name, pins } of this.types) {
      const odd = pins.find((pin) => !PIN.test(this.pin(pin.name)));
      if (odd === undefined) continue;
      throw new TopogenieError(
        "PIN_NAME_UNFIT",
        `Pin "${odd.name}" of device type "${name}" has no word in the scheme "adjacency": name pins by letters, digits and _.`,
      );
    }
  }

  device(type: DeviceType): string {
    return this.netlist.device(type);
  }

  back(count: number): string {
    return `-${count}`;
  }

  pin(name: string): string {
    return `.${name}`;
  }

  type(name: string): DeviceType | undefined {
    return this.netlist.type(name);
  }

  isPortName(port: string): boolean {
    return this.netlist.isPortName(port);
  }

  read(token: string): RowWord | undefined {
    if (token === OPEN) return { kind: "open" };
    const back = BACK.exec(token)?.[1];
    if (back !== undefined) return { kind: "back", back: Number(back) };
    const pin = PIN.exec(token)?.[1];
    if (pin !== undefined) return { kind: "pin", pin };
    const word = this.netlist.read(token);
    return word === undefined || word.kind === "net" ? undefined : word;
  }
}

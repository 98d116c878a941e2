import type { DeviceType } from "../../contracts/device-type.js";
import { conductionOf, mosBulk, mosGate } from "../rules/known-devices.js";

/** What the electrical rules want to know of a device type, by pin. */
export interface PinRoles {
  readonly type: DeviceType;
  readonly pinCount: number;
  /** Pairs of pins between which a direct current can flow. */
  readonly conduction: readonly (readonly [number, number])[];
  /** Pins that must not all be on one net: those of the pairs and a MOS transistor's gate; all pins where there is no pair. */
  readonly terminals: readonly number[];
  /** Pins that give a net a direct voltage, as the rule `no-floating-net` has it. */
  readonly definesVoltage: readonly boolean[];
  readonly isInductor: boolean;
  /** Whether a device of this type between the rails counts as a short when its current path lies across them. */
  readonly shortsSupply: boolean;
  /** A diode blocks when its cathode is on the supply. */
  readonly isDiode: boolean;
  /**
   * Whether a device of this type can mend any net: one path of direct current and no coil, so that it may join any two
   * nets but the rails to each other, and its other pins may be anywhere.
   */
  readonly mendsNets: boolean;
}

const cache = new WeakMap<DeviceType, PinRoles>();

export function pinRoles(type: DeviceType): PinRoles {
  let roles = cache.get(type);
  if (roles === undefined) {
    const conduction = conductionOf(type);
    const letter = type.spiceLetter;
    const conducting = new Set(conduction.flat());
    const isMos = letter === "m";
    roles = {
      type,
      pinCount: type.pins.length,
      conduction,
      terminals:
        conducting.size === 0 ? type.pins.map((_, pin) => pin) : [...new Set([...conducting, ...(isMos ? [mosGate] : [])])],
      definesVoltage: type.pins.map((_, pin) => conducting.has(pin) || (isMos && pin === mosBulk)),
      isInductor: letter === "l",
      shortsSupply: !"rl".includes(letter),
      isDiode: letter === "d",
      mendsNets: conduction.length === 1 && letter !== "l",
    };
    cache.set(type, roles);
  }
  return roles;
}

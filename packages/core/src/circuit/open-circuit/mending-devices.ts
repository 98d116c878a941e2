import { TopogenieError } from "../../runtime/error.js";
import type { PinRoles } from "./pin-roles.js";

/** What a circuit still lacks, as counts. */
export interface Lacks {
  /** Internal nets that want a pin that defines their voltage. */
  readonly voltage: number;
  /** Internal nets that want a pin of another device, whichever. */
  readonly device: number;
  /** Ports asked for that nothing touches yet. */
  readonly ports: number;
}

/** What may still be written. */
export interface Budget {
  readonly devices: number;
  /** Whether exactly so many devices must be written, or at most. */
  readonly isExact: boolean;
  readonly tokens: number;
  /** Devices of a type that are left; left out when there is no end of them. */
  readonly stock?: (roles: PinRoles) => number;
}

interface MendingType {
  readonly roles: PinRoles;
  readonly tokens: number;
  readonly definesVoltage: readonly boolean[];
  /** Devices by what is lacking, as in {@link MendingDevices.needed}. */
  readonly needed: Map<number, number>;
}

/**
 * Whether a circuit can be made legal by devices yet to come, each of which may touch several of the nets that lack
 * something. Counted for each type of device that can mend any net, by the plan that puts as many lacks as possible on the
 * pins of one device: a pin that defines a voltage first on a net that floats, else on a port asked for, else on a net that
 * dangles. Every device has one pin on a net that is there already and is no rail, so that everything hangs together. Pins that
 * are left go to VSS, or to any net where VSS will not do.
 */
export class MendingDevices {
  readonly #types: readonly MendingType[];
  /** All types, those that take the fewest tokens first. */
  readonly #byTokens: readonly { readonly roles: PinRoles; readonly tokens: number }[];
  readonly #fewestTokens: number;
  /** Tokens that mend any one lack. */
  readonly tokensEach: number;

  /**
   * @param tokensOf tokens that a device of a type takes
   * Throws `GRAMMAR_VOCABULARY` when no type can mend nets.
   */
  constructor(types: readonly PinRoles[], tokensOf: (roles: PinRoles) => number) {
    this.#types = types
      .filter(({ mendsNets }) => mendsNets)
      .map((roles) => ({ roles, tokens: tokensOf(roles), definesVoltage: roles.definesVoltage, needed: new Map() }));
    this.#byTokens = types.map((roles) => ({ roles, tokens: tokensOf(roles) })).sort((a, b) => a.tokens - b.tokens);
    this.#fewestTokens = Math.min(...this.#types.map(({ tokens }) => tokens));
    this.tokensEach = this.#fewestTokens;
    if (this.#types.length === 0) {
      throw new TopogenieError(
        "GRAMMAR_VOCABULARY",
        "No device type of this vocabulary can carry direct current between any two nets (as a transistor, a resistor or a diode does), " +
          "so not every circuit that is begun could be finished. Add circuits with such devices to the corpus.",
      );
    }
  }

  fits(lacks: Lacks, { devices, isExact, tokens, stock }: Budget): boolean {
    return this.#types.some((type) => {
      const needed = this.#needed(type, lacks);
      if (needed > devices || (stock !== undefined && needed > stock(type.roles))) return false;
      let left = tokens - needed * type.tokens;
      if (!isExact) return left >= 0;
      if (stock === undefined) return left >= (devices - needed) * this.#fewestTokens;
      let others = devices - needed;
      for (const { roles, tokens: each } of this.#byTokens) {
        const taken = Math.min(others, stock(roles) - (roles === type.roles ? needed : 0));
        others -= taken;
        left -= taken * each;
      }
      return others === 0 && left >= 0;
    });
  }

  #needed(type: MendingType, lacks: Lacks): number {
    if (lacks.voltage + lacks.device + lacks.ports === 0) return 0;
    const key = (lacks.voltage * 4096 + lacks.device) * 4096 + lacks.ports;
    let needed = type.needed.get(key);
    if (needed === undefined) {
      needed = devicesNeeded(type.definesVoltage, lacks);
      type.needed.set(key, needed);
    }
    return needed;
  }
}

function devicesNeeded(definesVoltage: readonly boolean[], lacks: Lacks): number {
  let { voltage, device, ports } = lacks;
  let count = 0;
  while (voltage + device + ports > 0) {
    count++;
    let isLinked = false;
    definesVoltage.forEach((definesIt, pin) => {
      const mustLink = !isLinked && pin === definesVoltage.length - 1;
      if (definesIt && voltage > 0) {
        voltage--;
        isLinked = true;
      } else if (ports > 0 && !mustLink) {
        ports--;
      } else if (device > 0) {
        device--;
        isLinked = true;
      }
    });
  }
  return count;
}

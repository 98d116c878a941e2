import { GROUND } from "@topogenie/core";
import type { ActiveDevice } from "./active-device.js";

/**
 * A gate-source (or base-emitter) voltage somewhat above threshold, and what a saturated channel needs across it together
 * with the body effect on the device above. Volts.
 */
const CONTROL_VOLTS = 0.6;
const SATURATION_VOLTS = 0.3;

/**
 * Guesses the voltage of nets from the stack of transistors that they stand on, so that bias ports begin near where a
 * designer would put them: 0.6 V for the gate of a current source on VSS, 0.3 V more for each transistor
 * below.
 */
export class BiasGuess {
  readonly #devices: readonly ActiveDevice[];
  readonly #supply: string;
  readonly #supplyVolts: number;
  readonly #inputs: ReadonlyMap<string, number>;

  /** @param inputs volts by node of the signal inputs */
  constructor(devices: readonly ActiveDevice[], supply: string, supplyVolts: number, inputs: ReadonlyMap<string, number>) {
    this.#devices = devices;
    this.#supply = supply;
    this.#supplyVolts = supplyVolts;
    this.#inputs = inputs;
  }

  /** Volts that the devices controlled by a node ask for, their mean if they disagree; undefined when none is. */
  control(node: string): number | undefined {
    const wishes = this.#devices
      .filter(({ control }) => control === node)
      .map(({ polarity, common }) => this.#common(common, polarity, new Set()) + (polarity === "n" ? 1 : -1) * CONTROL_VOLTS);
    if (wishes.length === 0) return undefined;
    const mean = wishes.reduce((sum, wish) => sum + wish, 0) / wishes.length;
    return Math.min(this.#supplyVolts, Math.max(0, mean));
  }

  /** Volts of the net on which a device of this polarity stands. */
  #common(node: string, polarity: "n" | "p", seen: ReadonlySet<string>): number {
    const rail = polarity === "n" ? 0 : this.#supplyVolts;
    const up = polarity === "n" ? 1 : -1;
    if (node === (polarity === "n" ? GROUND : this.#supply)) return rail;
    if (node === (polarity === "n" ? this.#supply : GROUND)) return this.#supplyVolts - rail;
    for (const { polarity: other, control, common } of this.#devices) {
      const input = this.#inputs.get(control);
      if (other === polarity && common === node && input !== undefined) return input - up * CONTROL_VOLTS;
    }
    // The gate of a device on the rail: an output stage whose gates are kept apart by a floating level shift.
    if (this.#devices.some((device) => device.polarity === polarity && device.control === node && this.#standsOnRail(device))) {
      return rail + up * CONTROL_VOLTS;
    }
    const below = this.#devices
      .filter((device) => device.polarity === polarity && device.output === node && !seen.has(device.common))
      .map((device) => this.#common(device.common, polarity, new Set([...seen, node])) + up * SATURATION_VOLTS);
    if (below.length === 0) return rail + up * SATURATION_VOLTS;
    return polarity === "n" ? Math.min(...below) : Math.max(...below);
  }

  #standsOnRail({ polarity, common }: ActiveDevice): boolean {
    return common === (polarity === "n" ? GROUND : this.#supply);
  }
}

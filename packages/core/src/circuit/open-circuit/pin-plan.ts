import { SUPPLY } from "../ports.js";
import type { Lacks } from "./mending-devices.js";
import { Want, type OpenCircuit } from "./open-circuit.js";

/** What the sentence that is being written can name. */
export interface NameableNets {
  /** Ports that must be touched, in the order in which a plan comes to them. */
  readonly asked: readonly number[];
  /** Ports that may be touched. */
  readonly ports: readonly { readonly net: number; readonly name: string }[];
  /** How many internal nets there may be to name. */
  internalCount(): number;
  /** One of them, from 0; -1 when a pin of the device cannot be put on it. */
  internalNet(device: number, index: number): number;
}

/**
 * Where to put the pins of devices that have been begun, so that as many nets as can be are mended on the way: a net that
 * floats, a port asked for, a net that dangles, else VSS, else wherever the electrical rules allow. The same state always gives
 * the same plan, so whoever takes its next step finds the rest of it unchanged.
 */
export class PinPlan {
  readonly #circuit: OpenCircuit;
  readonly #nets: NameableNets;

  constructor(circuit: OpenCircuit, nets: NameableNets) {
    this.#circuit = circuit;
    this.#nets = nets;
  }

  /**
   * The net for a pin not yet placed; -1 when none of those that are there will do.
   *
   * @param mustLink whether the device must touch, by this pin, a net that {@link links} it to others
   */
  netFor(device: number, pin: number, mustLink = false): number {
    const circuit = this.#circuit;
    const { wanting, ground } = circuit;
    if (circuit.rolesOf(device).definesVoltage[pin] === true && wanting[Want.voltage] > 0) {
      const net = this.#wantingNet(device, pin, Want.voltage);
      if (net >= 0) return net;
    }
    if (!mustLink) {
      for (const net of this.#nets.asked) if (circuit.pinsOn(net) === 0 && circuit.mayPlace(device, pin, net)) return net;
    }
    if (wanting[Want.device] > 0) {
      const net = this.#wantingNet(device, pin, Want.device);
      if (net >= 0) return net;
    }
    if (!mustLink && circuit.mayPlace(device, pin, ground)) return ground;
    for (let index = 0; index < this.#nets.internalCount(); index++) {
      const net = this.#nets.internalNet(device, index);
      if (net >= 0 && this.links(device, net) && circuit.mayPlace(device, pin, net)) return net;
    }
    let spare = -1;
    for (const { net, name } of this.#nets.ports) {
      if (!circuit.mayPlace(device, pin, net)) continue;
      if (this.links(device, net)) return net;
      if (spare < 0 || name !== SUPPLY) spare = net;
    }
    return mustLink ? -1 : spare;
  }

  /** The first internal net that wants this and can have it from the pin; -1 for none. */
  #wantingNet(device: number, pin: number, want: number): number {
    const circuit = this.#circuit;
    for (let index = 0; index < this.#nets.internalCount(); index++) {
      const net = this.#nets.internalNet(device, index);
      if (net < 0 || circuit.want(net) !== want || circuit.isOfOneDevice(net, device)) continue;
      if (circuit.mayPlace(device, pin, net)) return net;
    }
    return -1;
  }

  /** Whether a net, no rail, is touched by another device than this one. */
  links(device: number, net: number): boolean {
    const circuit = this.#circuit;
    return !circuit.isRail(net) && circuit.pinsOn(net) > 0 && !circuit.isOfOneDevice(net, device);
  }

  isLinked(device: number): boolean {
    return this.#circuit.netsOf(device).some((net) => net >= 0 && this.links(device, net));
  }

  /** Ports asked for that nothing touches yet. */
  portsMissing(): number {
    let missing = 0;
    for (const net of this.#nets.asked) if (this.#circuit.pinsOn(net) === 0) missing++;
    return missing;
  }

  lacks(): Lacks {
    const { wanting } = this.#circuit;
    return { voltage: wanting[Want.voltage], device: wanting[Want.device], ports: this.portsMissing() };
  }
}

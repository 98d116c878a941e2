import { GROUND_PORT, isRail, SUPPLY, type Circuit, type PinOnNet, type Rng } from "@topogenie/core";

/** A step of a walk: a port, a pin, or one of the marks. */
export type Step = PinOnNet | { readonly port: string } | "lift" | "join";

/**
 * A short closed walk from VSS that tells the whole circuit. It passes net by net through all pins of each, goes on from a
 * net's last pin inside the device, and lifts its pen where that leads to no new net. So every pin is passed once, but for
 * pins of one device that are next to each other on a net and need something between; what is longer than the number of pins
 * and ports are these and the lifts. Nets are chosen at random, with their ends so that the walk can go on if it can.
 *
 * The rails come last, so that every device is reached first from a net that is no rail, as far as the circuit hangs together.
 */
export function shortWalk(circuit: Circuit, rng: Rng): readonly Step[] {
  return new Walker(circuit, rng).walk();
}

class Walker {
  readonly #circuit: Circuit;
  readonly #rng: Rng;
  readonly #steps: Step[] = [];
  /** Nets not yet told. */
  readonly #untold: Set<string>;
  readonly #begun: Uint8Array;
  /** The pin on VSS with which the walk begins. */
  #first: PinOnNet | undefined;

  constructor(circuit: Circuit, rng: Rng) {
    this.#circuit = circuit;
    this.#rng = rng;
    this.#untold = new Set(circuit.nets.keys());
    this.#begun = new Uint8Array(circuit.devices.length);
  }

  walk(): readonly Step[] {
    this.#steps.push({ port: GROUND_PORT });
    const grounded = this.#rng.shuffle(this.#pinsOn(GROUND_PORT));
    const first = grounded.find(({ device }) => this.#nets(device).some((net) => !isRail(net))) ?? grounded[0];
    if (first !== undefined) this.#push(first);
    this.#first = first;
    if (grounded.length < 2) this.#untold.delete(GROUND_PORT);
    let here: PinOnNet | undefined = first;
    while (this.#untold.size > 0) {
      let start = this.#onward(here);
      if (start === undefined) {
        this.#steps.push("lift");
        start = this.#elsewhere();
      }
      here = this.#tell(start);
    }
    const last = this.#steps.at(-1) as Step;
    if (!isPort(last, GROUND_PORT)) {
      if (here === undefined || this.#netOf(here) !== GROUND_PORT) this.#steps.push("lift");
      this.#steps.push({ port: GROUND_PORT });
    }
    return this.#steps;
  }

  /** A pin of the same device on a net yet to be told; a rail's only when nothing else is left. */
  #onward(here: PinOnNet | undefined): PinOnNet | undefined {
    if (here === undefined) return undefined;
    const pins = this.#nets(here.device).flatMap((net, pin) => {
      const next = { device: here.device, pin };
      return this.#mayTell(net) && !isSame(next, this.#first) ? [next] : [];
    });
    return pins[this.#rng.integer(Math.max(1, pins.length))];
  }

  /** A pin from which to go on after the pen was lifted. */
  #elsewhere(): PinOnNet {
    const nets = this.#rng.shuffle([...this.#untold].filter((net) => this.#mayTell(net)));
    for (const net of nets) {
      const begun = this.#pinsOn(net).filter(({ device }) => this.#begun[device] === 1);
      if (begun.length > 0) return begun[this.#rng.integer(begun.length)] as PinOnNet;
    }
    const pins = this.#pinsOn(nets[0] as string);
    return pins[this.#rng.integer(pins.length)] as PinOnNet;
  }

  /** VSS is told last, VDD before it. */
  #mayTell(net: string): boolean {
    if (!this.#untold.has(net)) return false;
    if (net === GROUND_PORT) return this.#untold.size === 1;
    return net !== SUPPLY || [...this.#untold].every(isRail);
  }

  /** Passes all pins of a net, beginning with one of them; returns the last, nothing when the walk is then at a port. */
  #tell(start: PinOnNet): PinOnNet | undefined {
    const net = this.#netOf(start);
    this.#untold.delete(net);
    const left = this.#rng.shuffle(this.#pinsOn(net)).filter((pin) => !isSame(pin, start));
    this.#push(start);
    if (left.length === 0 && !this.#circuit.isPort(net)) {
      // A net of one pin, which is against the rules: the pin is joined to itself.
      this.#steps.push("join");
      this.#push(start);
    }
    let last = start;
    if (this.#circuit.isPort(net)) this.#steps.push({ port: net });
    let isApart = this.#circuit.isPort(net);
    while (left.length > 0) {
      let index = isApart ? left.length - 1 : left.findLastIndex(({ device }) => device !== last.device);
      if (index >= 0 && left.length > 1) index = this.#better(left, index, isApart ? -1 : last.device);
      if (index < 0) {
        this.#steps.push(this.#separator(net, last.device));
        index = left.length - 1;
      }
      last = left.splice(index, 1)[0] as PinOnNet;
      this.#push(last);
      isApart = false;
    }
    return isApart ? undefined : last;
  }

  /**
   * The pin to pass next: of the device that has most of them left, so that none are left side by side; and not the last one
   * from which the walk can go on.
   */
  #better(left: readonly PinOnNet[], chosen: number, except: number): number {
    const count = (device: number): number => left.filter((pin) => pin.device === device).length;
    const most = Math.max(...left.filter(({ device }) => device !== except).map(({ device }) => count(device)));
    const fits = (pin: PinOnNet): boolean => pin.device !== except && count(pin.device) === most;
    const dull = left.findIndex((pin) => fits(pin) && !this.#leadsOn(pin.device));
    if (dull >= 0) return dull;
    return fits(left[chosen] as PinOnNet) ? chosen : left.findIndex(fits);
  }

  #leadsOn(device: number): boolean {
    return this.#nets(device).some((net) => this.#mayTell(net));
  }

  /** What can stand between two pins of one device: the net's port, a pin of another device that is on it, or a mark. */
  #separator(net: string, device: number): Step {
    if (this.#circuit.isPort(net)) return { port: net };
    return this.#pinsOn(net).find((pin) => pin.device !== device) ?? "join";
  }

  #push(pin: PinOnNet): void {
    this.#begun[pin.device] = 1;
    this.#steps.push(pin);
  }

  /** The pins to tell of a net. */
  #pinsOn(net: string): readonly PinOnNet[] {
    return (this.#circuit.nets.get(net) ?? []).filter((pin) => !isSame(pin, this.#first));
  }

  #nets(device: number): readonly string[] {
    return this.#circuit.devices[device]?.nets ?? [];
  }

  #netOf({ device, pin }: PinOnNet): string {
    return this.#nets(device)[pin] as string;
  }
}

function isPort(step: Step, port: string): boolean {
  return typeof step === "object" && "port" in step && step.port === port;
}

function isSame(one: PinOnNet, other: PinOnNet | undefined): boolean {
  return one.device === other?.device && one.pin === other.pin;
}

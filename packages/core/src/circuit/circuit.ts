import { TopogenieError } from "../runtime/error.js";

/** One device of a circuit: its type and, pin by pin in the type's order, the nets that it touches. */
export interface Device {
  /** Unique in the circuit. */
  readonly name: string;
  /** Name of a device type. */
  readonly type: string;
  readonly nets: readonly string[];
  /** Sizes read from a netlist, by parameter name; empty for a bare topology. */
  readonly values: Readonly<Record<string, number>>;
}

export interface CircuitParts {
  readonly name: string;
  readonly devices: readonly (Omit<Device, "values"> & { readonly values?: Readonly<Record<string, number>> })[];
  /** Nets that the outside world touches. */
  readonly ports: readonly string[];
}

/** A place where a device touches a net. */
export interface PinOnNet {
  readonly device: number;
  readonly pin: number;
}

/**
 * A circuit: devices joined by nets, some of which are ports. It never changes after it is made.
 * It knows nothing of device types: how many pins a device has is checked by whoever reads it in.
 */
export class Circuit {
  readonly name: string;
  readonly devices: readonly Device[];
  readonly ports: readonly string[];
  #nets: ReadonlyMap<string, readonly PinOnNet[]> | undefined;

  /** Throws `CIRCUIT_INVALID` when two devices share a name or a port is listed twice. */
  constructor(parts: CircuitParts) {
    this.name = parts.name;
    this.devices = Object.freeze(
      parts.devices.map((device) =>
        Object.freeze({
          name: device.name,
          type: device.type,
          nets: Object.freeze([...device.nets]),
          values: Object.freeze({ ...device.values }),
        }),
      ),
    );
    this.ports = Object.freeze([...parts.ports]);
    refuseRepeats(
      this.name,
      "device",
      this.devices.map((device) => device.name),
    );
    refuseRepeats(this.name, "port", this.ports);
  }

  /** Every net that a pin touches or that is a port, with its pins in the order of devices. */
  get nets(): ReadonlyMap<string, readonly PinOnNet[]> {
    if (this.#nets === undefined) {
      const nets = new Map<string, PinOnNet[]>(this.ports.map((port) => [port, []]));
      this.devices.forEach((device, deviceIndex) => {
        device.nets.forEach((net, pinIndex) => {
          const pins = nets.get(net);
          if (pins === undefined) nets.set(net, [{ device: deviceIndex, pin: pinIndex }]);
          else pins.push({ device: deviceIndex, pin: pinIndex });
        });
      });
      this.#nets = nets;
    }
    return this.#nets;
  }

  isPort(net: string): boolean {
    return this.ports.includes(net);
  }

  /** The same circuit under another name. */
  renamed(name: string): Circuit {
    return new Circuit({ name, devices: this.devices, ports: this.ports });
  }

  toJSON(): CircuitParts {
    return { name: this.name, ports: this.ports, devices: this.devices };
  }
}

function refuseRepeats(circuit: string, what: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new TopogenieError(
        "CIRCUIT_INVALID",
        `Circuit "${circuit}" has two ${what}s named "${name}". Give each its own name.`,
      );
    }
    seen.add(name);
  }
}

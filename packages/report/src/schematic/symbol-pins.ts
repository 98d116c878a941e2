import { type Circuit, type Device, type DeviceType, TopogenieError } from "@topogenie/core";
import { railOf } from "./rails.js";

/** What a device's pins mean for its place in the drawing; pins are indices into the device's nets. */
export interface SymbolPins {
  readonly type: DeviceType;
  /** The pins through which current flows from top to bottom in the upright symbol, if it has such a direction. */
  readonly axis: readonly [top: number, bottom: number] | undefined;
  /** Whether a direct current can flow along the axis. */
  readonly conducts: boolean;
  /** Whether the symbol alone says which way the current flows. */
  readonly directed: boolean;
  readonly bulk: number | undefined;
  /** Bulk goes to the rail to which this type's bulk usually goes, and is left out. */
  readonly bulkHidden: boolean;
}

/** Throws `SCHEMATIC_DEVICE_UNKNOWN` when a device's type is not among those given or it has another number of pins. */
export function symbolPinsOf(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): readonly SymbolPins[] {
  return circuit.devices.map((device) => {
    const type = deviceTypes.get(device.type);
    if (type?.pins.length !== device.nets.length) {
      throw new TopogenieError(
        "SCHEMATIC_DEVICE_UNKNOWN",
        `Device "${device.name}" of circuit "${circuit.name}" is of type "${device.type}" with ${device.nets.length} pins, ` +
          `which no loaded device type has. Load the plugin that provides it.`,
      );
    }
    return symbolPins(device, type);
  });
}

function symbolPins(device: Device, type: DeviceType): SymbolPins {
  const index = (name: string) => type.pins.findIndex((pin) => pin.name === name);
  const [first] = type.conduction;
  const isBlock = type.pins.length > 4 || type.conduction.length > 1;
  const pair = isBlock ? undefined : (first ?? (type.pins.length === 2 ? [type.pins[0]?.name, type.pins[1]?.name] : undefined));
  const [from, to] = pair ?? [];
  const height = (name: string | undefined) => (name === undefined ? 0 : (type.symbol.pins[name]?.y ?? 0));
  const axis =
    from === undefined || to === undefined || height(from) === height(to)
      ? undefined
      : height(from) < height(to)
        ? ([index(from), index(to)] as const)
        : ([index(to), index(from)] as const);
  const swaps = type.interchangeablePins.some(
    (group) => from !== undefined && to !== undefined && group.includes(from) && group.includes(to),
  );
  const bulk = type.pins.findIndex((pin) => /bulk|body|substrate/i.test(pin.title));
  const usualRail = { nmos: "ground", pmos: "supply" }[String(type.models[0]?.type)];
  return {
    type,
    axis,
    conducts: first !== undefined,
    directed: type.pins.length > 2 || !swaps,
    bulk: bulk < 0 ? undefined : bulk,
    bulkHidden: bulk >= 0 && usualRail !== undefined && railOf(device.nets[bulk] ?? "") === usualRail,
  };
}

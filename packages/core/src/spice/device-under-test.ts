import { GROUND_PORT, SUPPLY } from "../circuit/ports.js";
import type { Circuit } from "../circuit/circuit.js";
import type { DeviceUnderTest } from "../contracts/circuit-family.js";
import { GROUND, type DeckElement, type ModelCard } from "../contracts/deck.js";
import type { DeviceType } from "../contracts/device-type.js";
import { TopogenieError } from "../runtime/error.js";
import { deckNames } from "./name.js";

/** Parameter values by device name and parameter name, SI units. */
export type DeviceValues = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface CircuitElements extends DeviceUnderTest {
  /** What the names of a device's elements begin with, for example `d_nm1` for `NM1`. */
  instance(device: string): string;
}

/**
 * The circuit as deck elements. Nodes are named `n_...` (`VSS` is ground), elements `d_...`: a bench that keeps off
 * both prefixes never collides with the circuit. A value not given is the one read from the netlist, else the
 * parameter's default. `models` replaces a device type's own card, by device type name; a block that is made of several
 * transistors takes, for each of its own cards, the first of `models` of the same type.
 * Throws `DEVICE_TYPE_UNKNOWN` or `DEVICE_PIN_COUNT`.
 */
export function circuitElements(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  values: DeviceValues = {},
  models: ReadonlyMap<string, ModelCard> = new Map(),
): CircuitElements {
  const nodes = deckNames([SUPPLY, ...[...circuit.nets.keys()].filter((net) => net !== GROUND_PORT)], "n_");
  const instances = deckNames(
    circuit.devices.map((device) => device.name),
    "d_",
  );
  const node = (net: string): string => (net === GROUND_PORT ? GROUND : named(nodes, net, circuit.name, "net"));
  const instance = (device: string): string => named(instances, device, circuit.name, "device");
  const elements: DeckElement[] = [];
  const cards = new Map<string, ModelCard>();
  for (const device of circuit.devices) {
    const type = deviceTypes.get(device.type);
    if (type === undefined) {
      throw new TopogenieError(
        "DEVICE_TYPE_UNKNOWN",
        `Circuit "${circuit.name}": device "${device.name}" is of type "${device.type}", which no loaded plugin provides. ` +
          `Loaded device types: ${[...deviceTypes.keys()].join(", ") || "none"}.`,
      );
    }
    if (device.nets.length !== type.pins.length) {
      throw new TopogenieError(
        "DEVICE_PIN_COUNT",
        `Circuit "${circuit.name}": device "${device.name}" (${device.type}) touches ${device.nets.length} nets, ` +
          `but the type has ${type.pins.length} pins (${type.pins.map((pin) => pin.name).join(" ")}).`,
      );
    }
    const replacement = models.get(type.name);
    const inner =
      replacement === undefined && type.models.length > 1 ? innerReplacements(type, models) : new Map<string, ModelCard>();
    for (const card of [...type.models, ...(replacement === undefined ? inner.values() : [replacement])])
      cards.set(card.name, card);
    const written = type.toSpice({
      name: instance(device.name),
      nodes: device.nets.map(node),
      values: Object.fromEntries(
        type.parameters.map((parameter) => [
          parameter.name,
          values[device.name]?.[parameter.name] ?? device.values[parameter.name] ?? parameter.default,
        ]),
      ),
      ...(replacement === undefined ? {} : { model: replacement.name }),
      supply: node(SUPPLY),
      ground: GROUND,
    });
    for (const element of written) {
      const card = inner.get(element.model ?? "");
      elements.push(card === undefined ? element : { ...element, model: card.name });
    }
  }
  const used = new Set(elements.map((element) => element.model));
  return { circuit, elements, models: [...cards.values()].filter((card) => used.has(card.name)), node, instance };
}

/** For each card of a block's own, by its name, what takes its place. */
function innerReplacements(type: DeviceType, models: ReadonlyMap<string, ModelCard>): Map<string, ModelCard> {
  return new Map(
    type.models.flatMap((own) => {
      const card = [...models.values()].find((candidate) => candidate.type === own.type);
      return card === undefined ? [] : [[own.name, card] as const];
    }),
  );
}

/** Every settable value of the elements by `element.value`, as {@link RunRequest.set} takes them. */
export function elementValues(elements: readonly DeckElement[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    elements.flatMap((element) => Object.entries(element.values).map(([value, number]) => [`${element.name}.${value}`, number])),
  );
}

function named(names: ReadonlyMap<string, string>, name: string, circuit: string, what: string): string {
  const found = names.get(name);
  if (found === undefined) throw new TopogenieError("NET_UNKNOWN", `Circuit "${circuit}" has no ${what} named "${name}".`);
  return found;
}

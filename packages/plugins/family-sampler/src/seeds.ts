import { departures, distinct, Schematic, TEXTBOOK_DEPARTURES, textbookFirst } from "@topogenie/building-blocks";
import { Circuit, type SeedTopology } from "@topogenie/core";
import { type ActiveStructure, activeStructures } from "./seeds/active-structures.js";
import { type Amplifier, amplifiers, everyAmplifier } from "./seeds/amplifiers.js";
import { passiveStructures } from "./seeds/passive-structures.js";
import { Switches, switchCitations, type SwitchKind, switchKinds, switchTitles } from "./seeds/switches.js";

const SWITCHES_IN_LOOPS: readonly SwitchKind[] = ["n", "transmission-gate", "block"];

interface Recipe {
  readonly title: string;
  readonly citation: string | undefined;
  readonly kind: SwitchKind;
  readonly departures: number;
  readonly draw: (switches: Switches) => void;
}

/** More would be driver chains and switches over and over. */
export const MOST_DEVICES = 50;

/**
 * Every seed topology; always the same ones in the same order.
 *
 * @param departures most choices in which a seed may differ from the plain form of its structure
 */
export function* seeds(departures = TEXTBOOK_DEPARTURES): Generator<SeedTopology> {
  for (const seed of distinct(drawAll(departures))) if (seed.circuit.devices.length <= MOST_DEVICES) yield seed;
}

function* drawAll(most: number): Generator<SeedTopology> {
  let number = 0;
  const recipes = {
    textbook: textbookRecipes,
    all: everyActive,
    departuresOf: (recipe: Recipe) => recipe.departures,
  };
  for (const { title, citation, kind, draw } of textbookFirst(recipes, most)) {
    number += 1;
    const view = new Schematic();
    draw(new Switches(view, kind));
    yield {
      circuit: withPorts(view.toCircuit(`sampler-${number}`)),
      title: `${title}, ${switchTitles[kind]}`,
      citation: [citation, switchCitations[kind]].filter((part) => part !== undefined).join("; "),
    };
  }
}

function* textbookRecipes(): Generator<Recipe> {
  for (const structure of passiveStructures) {
    for (const kind of switchKinds) {
      yield {
        title: structure.title,
        citation: structure.citation,
        kind,
        departures: departures([[kind, "n"]]),
        draw: (switches) => structure.draw(switches),
      };
    }
  }
  for (const structure of activeStructures) yield* activeRecipes(structure, amplifiers, SWITCHES_IN_LOOPS);
}

function* everyActive(): Generator<Recipe> {
  // Switches with a capacitor of their own would be most of the circuit.
  const kinds = switchKinds.filter((kind) => kind !== "bootstrapped");
  for (const structure of activeStructures) yield* activeRecipes(structure, everyAmplifier(), kinds);
}

function* activeRecipes(
  structure: ActiveStructure,
  choices: Iterable<Amplifier>,
  kinds: readonly SwitchKind[],
): Generator<Recipe> {
  for (const amplifier of choices) {
    if (structure.needsSwing && amplifier.swing === "narrow") continue;
    for (const kind of kinds) {
      yield {
        title: `${structure.title}, ${amplifier.title}`,
        citation: `${structure.citation}; ${amplifier.citation}`,
        kind,
        departures: amplifier.departures + departures([[kind, "n"]]),
        draw: (switches) => structure.draw(switches, amplifier),
      };
    }
  }
}

/** Structures name their clocks, signals and references as ports; those that a circuit has become its ports, rails that nothing touches do not. */
function withPorts(drawn: Circuit): Circuit {
  const used = new Set(drawn.devices.flatMap((device) => device.nets));
  const bias = new Map<string, string>();
  // Followers and amplifiers ask for bias apart from one another: their ports are numbered anew.
  for (const net of used) if (/^VB\d+$/.test(net)) bias.set(net, `VB${bias.size + 1}`);
  const devices = drawn.devices.map((device) => ({ ...device, nets: device.nets.map((net) => bias.get(net) ?? net) }));
  const named = [...used].filter((net) => /^(VIN|VOUT|VCLK|VCM|IB)\d+$/.test(net));
  const rails = drawn.ports.filter((port) => used.has(port) && !/\d$/.test(port));
  return new Circuit({ name: drawn.name, devices, ports: [...rails, ...named.sort(), ...bias.values()] });
}

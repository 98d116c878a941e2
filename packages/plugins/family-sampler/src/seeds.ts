import { distinct, Schematic } from "@topogenie/building-blocks";
import { Circuit, type SeedTopology } from "@topogenie/core";
import { activeStructures } from "./seeds/active-structures.js";
import { amplifiers } from "./seeds/amplifiers.js";
import { passiveStructures } from "./seeds/passive-structures.js";
import { Switches, switchCitations, type SwitchKind, switchKinds, switchTitles } from "./seeds/switches.js";

const SWITCHES_IN_LOOPS: readonly SwitchKind[] = ["n", "transmission-gate", "block"];

/** Every seed topology; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  yield* distinct(drawAll());
}

function* drawAll(): Generator<SeedTopology> {
  let number = 0;
  const draw = (
    title: string,
    citations: readonly (string | undefined)[],
    kind: SwitchKind,
    structure: (switches: Switches) => void,
  ): SeedTopology => {
    number += 1;
    const view = new Schematic();
    structure(new Switches(view, kind));
    return {
      circuit: withPorts(view.toCircuit(`sampler-${number}`)),
      title,
      citation: [...citations.filter((citation) => citation !== undefined), switchCitations[kind]].join("; "),
    };
  };
  for (const structure of passiveStructures) {
    for (const kind of switchKinds) {
      yield draw(`${structure.title}, ${switchTitles[kind]}`, [structure.citation], kind, (switches) => structure.draw(switches));
    }
  }
  for (const structure of activeStructures) {
    for (const amplifier of amplifiers) {
      if (structure.needsSwing && amplifier.swing === "narrow") continue;
      for (const kind of SWITCHES_IN_LOOPS) {
        yield draw(
          `${structure.title}, ${amplifier.title}, ${switchTitles[kind]}`,
          [structure.citation, amplifier.citation],
          kind,
          (switches) => structure.draw(switches, amplifier),
        );
      }
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

import { distinct, Schematic } from "@topogenie/building-blocks";
import { Circuit, type SeedTopology } from "@topogenie/core";
import { dividers } from "./seeds/dividers.js";
import { CONTROL, filterValues, loopFilters, PUMPED } from "./seeds/loop-filters.js";
import { oscillators } from "./seeds/oscillators.js";
import { phaseDetectors } from "./seeds/phase-detectors.js";

/** Of all stages together: a ring of default transistors then runs at about 100 MHz in the middle of its range. */
const RING_FARADS = 300e-15;

/** Every seed topology; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  yield* distinct(drawAll());
}

function* drawAll(): Generator<SeedTopology> {
  let number = 0;
  for (const detector of phaseDetectors) {
    for (const filter of loopFilters) {
      for (const oscillator of oscillators) {
        for (const divider of dividers) {
          number += 1;
          const view = new Schematic();
          detector.draw(view, "VIN1", divider.draw(view, "VOUT1"), PUMPED);
          filter.draw(view, PUMPED);
          oscillator.draw(view, CONTROL, "VOUT1");
          const parts = [detector, filter, oscillator, divider];
          yield {
            circuit: withPorts(view.toCircuit(`pll-${number}`), RING_FARADS / oscillator.stages / divider.ratio),
            title: parts.flatMap(({ title }) => (title === "" ? [] : [title])).join(", "),
            citation: [...new Set(parts.flatMap(({ citation }) => citation ?? []))].join("; "),
          };
        }
      }
    }
  }
}

/** Blocks name the reference, the output and the bias current as ports. */
function withPorts(drawn: Circuit, ringFarads: number): Circuit {
  const used = new Set(drawn.devices.flatMap((device) => device.nets));
  const named = [...used].filter((net) => /^(VIN|VOUT|IB)\d+$/.test(net)).sort();
  // A loop filter's elements are sized apart from the ring's: their defaults are the loop's time constants.
  const devices = drawn.devices.map((device) => ({ ...device, values: filterValues(device, ringFarads) }));
  return new Circuit({ name: drawn.name, devices, ports: [...drawn.ports, ...named] });
}

import { GROUND, type DeckElement } from "@topogenie/core";
import type { ActiveDevice } from "./active-device.js";

const NOMINAL_NODE = "tb_nominal_supply";
const EXCURSION_NODE = "tb_supply_excursion";

/**
 * Bias voltages of p-channel devices as a bias generator makes them: a gate-source voltage below the supply, wherever that
 * goes. Each voltage source in `sources` that stands on ground and controls more p than n devices is put on a node that follows
 * the supply's departure from `supplyVolts`; at the nominal supply nothing changes. Without it a sweep of the supply would
 * measure the bench's own bias.
 */
export function followSupply(
  sources: readonly DeckElement[],
  devices: readonly ActiveDevice[],
  supply: string,
  supplyVolts: number,
): readonly DeckElement[] {
  const followed = sources.map((element): DeckElement => {
    const [plus = GROUND, minus = GROUND] = element.nodes;
    if (element.kind !== "voltage" || minus !== GROUND) return element;
    const lean = devices
      .filter(({ control }) => control === plus)
      .reduce((sum, { polarity }) => sum + (polarity === "p" ? 1 : -1), 0);
    return lean > 0 ? { ...element, nodes: [plus, EXCURSION_NODE] } : element;
  });
  if (followed.every((element, index) => element === sources[index])) return sources;
  return [
    ...followed,
    { kind: "voltage", name: "nominal_supply", nodes: [NOMINAL_NODE, GROUND], values: { dc: supplyVolts } },
    { kind: "vcvs", name: "supply_excursion", nodes: [EXCURSION_NODE, GROUND, supply, NOMINAL_NODE], values: { gain: 1 } },
  ];
}

import type { DeckElement } from "@topogenie/core";

/**
 * Settles a transistor network as ideal switches (Bryant 1984, with two levels): a net takes the value of what it is
 * joined to through closed transistors. Starts from `held`, the nets' values before the inputs changed, and repeats
 * until nothing changes, one net at a time, so that symmetry does not make it oscillate. Throws on a short between high
 * and low, and when the network keeps changing.
 */
export function settle(
  elements: readonly DeckElement[],
  inputs: Readonly<Record<string, boolean>>,
  held: ReadonlyMap<string, boolean> = new Map(),
): ReadonlyMap<string, boolean> {
  const nets = [...new Set([...elements.flatMap((element) => element.nodes), ...Object.keys(inputs)])];
  const values = new Map<string, boolean>([...held, ...Object.entries(inputs)]);
  for (let round = 0; round < 1000; round++) {
    const reach = new Map(nets.map((net) => [net, net in inputs ? new Set([inputs[net] as boolean]) : new Set<boolean>()]));
    for (let grew = true; grew;) {
      grew = false;
      for (const { nodes, model } of elements) {
        const [drain, gate, source] = nodes as [string, string, string, string];
        if (values.get(gate) !== (model === "logic_n")) continue;
        for (const [from, to] of [
          [drain, source],
          [source, drain],
        ] as const) {
          if (to in inputs) continue;
          for (const level of reach.get(from) ?? []) {
            if (reach.get(to)?.has(level) === true) continue;
            reach.get(to)?.add(level);
            grew = true;
          }
        }
      }
    }
    let changed = false;
    for (const [net, levels] of reach) {
      if (levels.size === 2) throw new Error(`net "${net}" is driven high and low at once`);
      const [level] = levels;
      if (changed || level === undefined || values.get(net) === level) continue;
      values.set(net, level);
      changed = true;
    }
    if (!changed) return values;
  }
  throw new Error("the network does not settle");
}

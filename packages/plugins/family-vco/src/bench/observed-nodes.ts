import type { ActiveDevice } from "@topogenie/building-blocks";
import { GROUND, isRail, portKind, SUPPLY, type DeviceUnderTest } from "@topogenie/core";

const OUTPUT_KINDS = new Set(["VOUT", "VLO", "IOUT"]);

export function isOutput(port: string): boolean {
  return OUTPUT_KINDS.has(portKind(port));
}

/**
 * Where the oscillation is looked for: the first output, or between the first two; in a circuit without outputs, the node that
 * most transistors both drive and listen to. Empty when nothing is both driven and listened to.
 */
export function observedNodes(dut: DeviceUnderTest, devices: readonly ActiveDevice[]): readonly string[] {
  const outputs = dut.circuit.ports.filter(isOutput).sort();
  if (outputs.length > 0) return outputs.slice(0, 2).map((port) => dut.node(port));
  const supply = dut.node(SUPPLY);
  let best: { readonly node: string; readonly count: number } | undefined;
  for (const net of dut.circuit.nets.keys()) {
    const node = dut.node(net);
    if (isRail(net) || node === GROUND || node === supply) continue;
    const listening = devices.filter(({ control }) => control === node).length;
    const driving = devices.filter(({ output, common }) => output === node || common === node).length;
    const count = Math.min(listening, driving) * 100 + listening + driving;
    if (driving > 0 && count > (best?.count ?? 0)) best = { node, count };
  }
  return best === undefined ? [] : [best.node];
}

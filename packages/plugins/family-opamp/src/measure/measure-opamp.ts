import { biasHeadroom, sourcedAmperes } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import { GAIN_NODE, INPUT_NODE, OUTPUT_NODES, SUPPLY_SOURCE } from "../bench/opamp-bench.js";
import { openLoop } from "./open-loop.js";

/**
 * Values by measurement name. Gain and what follows from it are left out when the feedback turned out positive (the
 * circuit then latches, and its gain means nothing); what {@link openLoop} tells when the gain never crosses unity.
 */
export function measureOpamp(result: SimulationOk, supplyVolts: number): Record<string, number> {
  const measured: Record<string, number> = {};
  for (const analysis of result.analyses) {
    if (analysis.kind === "op") {
      const { nodes, branches } = analysis.op;
      const outputs = OUTPUT_NODES.flatMap((node) => nodes[node] ?? []);
      measured.power = supplyVolts * sourcedAmperes(branches, SUPPLY_SOURCE);
      measured.biasHeadroom = biasHeadroom(nodes, supplyVolts);
      measured.inputOffset = Math.abs(nodes[INPUT_NODE] ?? Number.NaN);
      measured.outputHeadroom = Math.min(...outputs.map((volts) => Math.min(volts, supplyVolts - volts)));
    } else if (analysis.kind === "ac") {
      const gain = analysis.vectors[GAIN_NODE];
      if (gain !== undefined) Object.assign(measured, measureGain(analysis.x, gain.re, gain.im));
    }
  }
  return measured;
}

function measureGain(hertz: Float64Array, re: Float64Array, im: Float64Array): Record<string, number> {
  if (!((re[0] ?? 0) > 0)) return {};
  return { gain: 20 * Math.log10(Math.hypot(re[0] ?? 0, im[0] ?? 0)), ...openLoop(hertz, re, im) };
}

import { createRng, TokenLexicon } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { eulerianWalk } from "../src/eulerian-walk.js";
import { pinGraph, type PinGraph } from "../src/pin-graph.js";
import { circuit } from "./circuits.js";
import { deviceTypes } from "./device-types.js";

/** A ring with a triangle in it: small enough to write down every walk, yet its walks differ much in their last exits. */
const ring = circuit("ring", ["VSS"], ["resistor", "VSS", "a"], ["capacitor", "VSS", "a"], ["resistor", "a", "b"]);

describe("eulerianWalk", () => {
  it("draws every closed Eulerian walk from VSS equally often", () => {
    const graph = pinGraph(ring, new TokenLexicon(deviceTypes), "star");
    const counts = new Map(everyWalk(graph).map((walk) => [walk, 0]));
    expect(counts.size).toBeGreaterThan(50);

    const drawsEach = 200;
    const rng = createRng("uniform");
    for (let draw = 0; draw < drawsEach * counts.size; draw++) {
      const walk = eulerianWalk(graph, rng).join(" ");
      const count = counts.get(walk);
      if (count === undefined) throw new Error(`no Eulerian walk: ${walk}`);
      counts.set(walk, count + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - drawsEach) ** 2 / drawsEach, 0);
    expect(chiSquare).toBeLessThan(chiSquareQuantile(counts.size - 1, 3.09));
    expect(chiSquare).toBeGreaterThan(chiSquareQuantile(counts.size - 1, -3.09));
  });
});

/** By trying every arc at every step. */
function everyWalk(graph: PinGraph): string[] {
  const { offsets, targets, root } = graph;
  const used = new Uint8Array(targets.length);
  const walks: string[] = [];
  const walk = [root];
  const go = (node: number): void => {
    if (walk.length === targets.length + 1) walks.push(walk.join(" "));
    for (let arc = offsets[node] ?? 0; arc < (offsets[node + 1] ?? 0); arc++) {
      if (used[arc] === 1) continue;
      used[arc] = 1;
      walk.push(targets[arc] ?? 0);
      go(targets[arc] ?? 0);
      walk.pop();
      used[arc] = 0;
    }
  };
  go(root);
  return walks;
}

/** Wilson and Hilferty's approximation (1931); `z` is the standard normal quantile. */
function chiSquareQuantile(degrees: number, z: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + z * Math.sqrt(spread)) ** 3;
}

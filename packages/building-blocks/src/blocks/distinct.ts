import type { Circuit, SeedTopology } from "@topogenie/core";

/** Passes each drawing once. Plans that do not differ for a circuit draw it device by device alike, so a plain comparison finds them. */
export function* distinct(seeds: Iterable<SeedTopology>): Generator<SeedTopology> {
  const seen = new Set<string>();
  for (const seed of seeds) {
    const key = drawingKey(seed.circuit);
    if (seen.has(key)) continue;
    seen.add(key);
    yield seed;
  }
}

function drawingKey(circuit: Circuit): string {
  return circuit.devices.map((device) => `${device.type}(${device.nets.join(" ")})`).join("\n");
}

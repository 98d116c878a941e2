import type { CircuitFamily, SeedTopology, Testbench } from "../../contracts/circuit-family.js";
import type { DeviceType } from "../../contracts/device-type.js";
import { checkDeck } from "../../spice/check-deck.js";
import { circuitElements, elementValues } from "../../spice/device-under-test.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import type { DrawnSeeds } from "./drawn-seeds.js";
import { refuseRepeats } from "./refuse-repeats.js";

/** Benches are drawn for every seed of a small family, and for about this many spread over a large one. */
const BENCHED_SEEDS = 80;

/** How it is measured. Nothing is simulated. */
export function benches(
  family: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  drawn: DrawnSeeds,
): readonly BehaviourCheck[] {
  return [{ name: "writes sound benches, the same ones every time", run: () => checkBenches(family, deviceTypes, drawn()) }];
}

function checkBenches(family: CircuitFamily, deviceTypes: ReadonlyMap<string, DeviceType>, seeds: readonly SeedTopology[]): void {
  const stride = Math.max(1, Math.floor(seeds.length / BENCHED_SEEDS));
  for (const [index, { circuit }] of seeds.entries()) {
    if (index % stride !== 0) continue;
    const dut = circuitElements(circuit, deviceTypes);
    const benches = family.testbenches(dut);
    promise(benches.length > 0, `seed "${circuit.name}" has no benches`);
    refuseRepeats(
      "bench",
      benches.map(({ name }) => name),
    );
    for (const bench of benches) checkBench(bench, circuit.name);
    promise(
      JSON.stringify(family.testbenches(dut)) === JSON.stringify(benches),
      `seed "${circuit.name}": its benches differ between two calls`,
    );
  }
}

function checkBench(bench: Testbench, seed: SeedTopology["circuit"]["name"]): void {
  const where = `seed "${seed}", bench "${bench.name}"`;
  checkDeck(bench.deck);
  promise(bench.analyses.length > 0, `${where}: nothing is analysed`);
  promise(bench.timeoutMs > 0, `${where}: timeoutMs must be above zero`);
  const nodes = new Set(bench.deck.elements.flatMap((element) => element.nodes));
  for (const saved of bench.save) {
    promise(/^i\(.+\)$/.test(saved) || nodes.has(saved), `${where}: saves "${saved}", which is no node`);
  }
  const values = elementValues(bench.deck.elements);
  refuseRepeats(
    `${where}: variable`,
    bench.variables.map(({ name }) => name),
  );
  for (const { name, minimum, maximum, default: start, scale, sets } of bench.variables) {
    promise(minimum <= start && start <= maximum, `${where}: variable "${name}" starts at ${start}, outside its bounds`);
    promise(scale === "linear" || minimum > 0, `${where}: variable "${name}" has a logarithmic scale from ${minimum}`);
    promise(sets.length > 0, `${where}: variable "${name}" sets nothing`);
    for (const key of sets) {
      promise(values[key] === start, `${where}: variable "${name}" sets "${key}", which the deck does not hold at its default`);
    }
  }
}

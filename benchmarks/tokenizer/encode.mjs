// Encodes every circuit of the dataset 70 times, as training does, and prints the time, the memory and the lengths.
// Vocabulary ids are looked up too: that is what a backend is given.
import { createRng } from "@topogenie/core";
import { eulerianOptions, EulerianScheme } from "@topogenie/tokenizer";
import { deviceTypes, loadDataset } from "../circuit/load-dataset.mjs";

const WALKS = 70;
const circuits = await loadDataset();
const seconds = (start) => (process.cpuUsage(start).user + process.cpuUsage(start).system) / 1e6;

for (const portPins of ["star", "clique"]) {
  const scheme = new EulerianScheme(eulerianOptions.parse({ portPins }), deviceTypes);
  const vocabulary = scheme.vocabulary(circuits);
  const refused = new Map();
  const encodable = circuits.filter((circuit) => {
    try {
      return scheme.encode(circuit, createRng(0)).length > 0;
    } catch (error) {
      refused.set(circuit.name, error.message);
      return false;
    }
  });
  console.log(
    `port pins as a ${portPins}: ${encodable.length} of ${circuits.length} circuits encodable, vocabulary ${vocabulary.tokens.length}`,
  );
  for (const message of refused.values()) console.log(`  ${message}`);

  const rng = createRng("benchmark");
  const lengths = [];
  const wall = performance.now();
  const start = process.cpuUsage();
  for (let walk = 0; walk < WALKS; walk++) {
    for (const circuit of encodable) {
      const tokens = scheme.encode(circuit, rng.fork(walk).fork(circuit.name));
      const ids = new Uint16Array(tokens.length);
      for (let index = 0; index < tokens.length; index++) ids[index] = vocabulary.id(tokens[index]);
      lengths.push(ids.length);
    }
  }
  const spent = seconds(start);
  const elapsed = (performance.now() - wall) / 1000;
  lengths.sort((left, right) => left - right);
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  console.log(
    `  ${WALKS} walks each: ${elapsed.toFixed(1)} s (${spent.toFixed(1)} s of processor time), ${(tokens / spent / 1e6).toFixed(1)} million tokens a second`,
  );
  console.log(`  tokens a walk: least ${lengths[0]}, median ${lengths[lengths.length >> 1]}, most ${lengths.at(-1)}`);
  console.log(`  peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
}

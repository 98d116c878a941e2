// Canonical forms a minute on one core, over a real corpus; the first pass warms the compiler up and is not counted.
import { canonicalForm, canonicalHash, strictCanonicalForm } from "@topogenie/core";
import { deviceTypes, loadDataset } from "./load-dataset.mjs";

const circuits = await loadDataset();
const sizes = circuits.map((circuit) => circuit.devices.length).sort((left, right) => left - right);
console.log(`devices a circuit: median ${sizes[sizes.length >> 1]}, most ${sizes.at(-1)}`);
for (const form of [canonicalForm, canonicalHash, strictCanonicalForm]) {
  const passes = [];
  let distinct = 0;
  for (let pass = 0; pass < 6; pass++) {
    const start = process.cpuUsage().user;
    distinct = new Set(circuits.map((circuit) => form(circuit, deviceTypes))).size;
    if (pass > 0) passes.push((process.cpuUsage().user - start) / 60e6);
  }
  passes.sort((left, right) => left - right);
  const perMinute = Math.round(circuits.length / passes[passes.length >> 1]);
  console.log(`${form.name.padEnd(20)}${distinct} distinct, ${perMinute.toLocaleString("en")} a minute of processor time`);
}

// How often structure and ports alone tell the type of a circuit that was held out: five folds by canonical form, so that no
// topology is on both sides. Labels: examples/analoggenie/labels.yaml.
import { fileURLToPath } from "node:url";
import { canonicalHash, CircuitClassifier, CircuitLabels } from "@topogenie/core";
import { deviceTypes, loadDataset } from "./load-dataset.mjs";

const FOLDS = 5;
const families = "opamp ldo bandgap comparator pll lna pa mixer vco power-converter sampler".split(" ");

const labels = await CircuitLabels.read(fileURLToPath(new URL("../../examples/analoggenie/labels.yaml", import.meta.url)));
const examples = new Map();
for (const circuit of await loadDataset()) {
  const label = labels.labelOf(circuit);
  const id = canonicalHash(circuit, deviceTypes);
  if (label !== undefined && !examples.has(id)) examples.set(id, { circuit, label, fold: parseInt(id.slice(0, 8), 16) % FOLDS });
}

const results = [];
const start = performance.now();
for (let fold = 0; fold < FOLDS; fold++) {
  const classifier = new CircuitClassifier(deviceTypes);
  const held = [];
  for (const example of examples.values()) {
    if (example.fold === fold) held.push(example);
    else classifier.learn(example.label, example.circuit);
  }
  for (const { circuit, label } of held) results.push({ label, said: classifier.classify(circuit)?.label });
}
const milliseconds = (performance.now() - start) / results.length;

const share = (some) => {
  const right = some.filter(({ label, said }) => label === said).length;
  return `${right} of ${some.length}`.padStart(14) + `${((100 * right) / some.length).toFixed(1)} %`.padStart(9);
};
console.log(`${"label".padEnd(24)}${"right".padStart(14)}${"share".padStart(9)}   taken for`);
for (const label of new Set(results.map((result) => result.label))) {
  const ofLabel = results.filter((result) => result.label === label);
  const wrong = new Map();
  for (const { said } of ofLabel) if (said !== label) wrong.set(said, (wrong.get(said) ?? 0) + 1);
  const confused = [...wrong].sort(([, one], [, other]) => other - one).map(([said, count]) => `${said} ${count}`);
  console.log(`${label.padEnd(24)}${share(ofLabel)}   ${confused.join(", ")}`);
}
console.log(`${"all labels".padEnd(24)}${share(results)}`);
console.log(`${"the eleven families".padEnd(24)}${share(results.filter(({ label }) => families.includes(label)))}`);
console.log(`${milliseconds.toFixed(1)} ms a circuit`);

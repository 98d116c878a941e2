// How many human-designed circuits obey each electrical rule, and which ones do not.
import { checkRules, electricalRules } from "@topogenie/core";
import { deviceTypes, loadDataset } from "./load-dataset.mjs";

const circuits = await loadDataset();
const broken = new Map(electricalRules.map((rule) => [rule.name, []]));
let sound = 0;
for (const circuit of circuits) {
  const rules = new Set(checkRules(circuit, deviceTypes).map((violation) => violation.rule));
  if (rules.size === 0) sound++;
  for (const rule of rules) broken.get(rule).push(circuit.name);
}
const percent = (count) => `${((100 * count) / circuits.length).toFixed(2)} %`.padStart(9);
for (const [rule, names] of broken) {
  const some = names.slice(0, 8).join(" ") + (names.length > 8 ? " …" : "");
  console.log(
    `${rule.padEnd(20)}${percent(circuits.length - names.length)}  ${String(names.length).padStart(4)} broken  ${some}`,
  );
}
console.log(`${"all of them".padEnd(20)}${percent(sound)}`);

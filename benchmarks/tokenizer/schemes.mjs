// What each tokenization scheme makes of the dataset: node benchmarks/tokenizer/schemes.mjs
import { canonicalForm, checkRules, createRng } from "@topogenie/core";
import { deviceTypes, loadDataset } from "../circuit/load-dataset.mjs";
import { allSchemes } from "./all-schemes.mjs";

const circuits = await loadDataset();
// Every tenth, for want of patience: the grammar of the Eulerian scheme takes its time over long walks.
const legal = new Set(
  circuits.filter((circuit) => checkRules(circuit, deviceTypes).length === 0).filter((_, index) => index % 10 === 0),
);
console.log(
  "scheme            encodable      tokens: median  longest  vocabulary  round trips  grammar allows, of legal circuits",
);
for (const [name, scheme] of allSchemes(deviceTypes)) {
  const vocabulary = scheme.vocabulary(circuits);
  const lengths = [];
  let same = 0;
  let allowed = 0;
  for (const circuit of circuits) {
    let sentence;
    try {
      sentence = scheme.encode(circuit, createRng("schemes").fork(circuit.name));
    } catch (error) {
      if (error.code !== "CIRCUIT_NOT_ENCODABLE") throw error;
      continue;
    }
    lengths.push(sentence.length);
    if (canonicalForm(scheme.decode(sentence), deviceTypes) === canonicalForm(circuit, deviceTypes)) same++;
    if (legal.has(circuit) && isAllowed(scheme.grammar(vocabulary, 2 * sentence.length + 200), vocabulary, sentence)) allowed++;
  }
  lengths.sort((one, other) => one - other);
  console.log(
    [
      name.padEnd(17),
      `${lengths.length} of ${circuits.length}`.padStart(12),
      String(lengths[lengths.length >> 1]).padStart(15),
      String(lengths.at(-1)).padStart(8),
      String(vocabulary.tokens.length).padStart(11),
      String(same).padStart(12),
      `${allowed} of ${legal.size}`.padStart(14),
    ].join(" "),
  );
}

function isAllowed(state, vocabulary, sentence) {
  try {
    for (const token of [...sentence, "<end>"]) state.push(vocabulary.id(token));
    return true;
  } catch (error) {
    if (error.code !== "TOKEN_NOT_ALLOWED") throw error;
    return false;
  }
}

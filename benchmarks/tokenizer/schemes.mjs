// What each tokenization scheme makes of the dataset, and what its grammar costs beside the sampling of the network of
// examples/opamp: node benchmarks/tokenizer/schemes.mjs [dataset]
import { canonicalForm, checkRules, createRng } from "@topogenie/core";
import { createOnnxBackend } from "@topogenie/model";
import { deviceTypes, loadDataset } from "../circuit/load-dataset.mjs";
import { allSchemes } from "./all-schemes.mjs";

const ROWS = 32;
const circuits = await loadDataset();
const backend = await createOnnxBackend({ threads: 2 });
console.log(
  "scheme      encodable       tokens: median  longest  vocabulary  round trips  grammar allows (legal)  grammar  sampling  share",
);
for (const [name, scheme] of allSchemes(deviceTypes)) {
  const vocabulary = scheme.vocabulary(circuits);
  const sentences = new Map();
  for (const circuit of circuits) {
    try {
      sentences.set(circuit, scheme.encode(circuit, createRng("schemes").fork(circuit.name)));
    } catch (error) {
      if (error.code !== "CIRCUIT_NOT_ENCODABLE") throw error;
    }
  }
  let same = 0;
  for (const [circuit, sentence] of sentences) {
    if (canonicalForm(scheme.decode(sentence), deviceTypes) === canonicalForm(circuit, deviceTypes)) same++;
  }
  const lengths = [...sentences.values()].map(({ length }) => length).sort((one, other) => one - other);

  // Small circuits, as the network of the example writes them.
  const small = [...sentences].filter(
    ([circuit]) => circuit.devices.length <= 12 && checkRules(circuit, deviceTypes).length === 0,
  );
  const sample = small.filter((_, index) => index % 3 === 0);
  const words = scheme.vocabulary(small.map(([circuit]) => circuit));
  const mask = new Uint8Array(words.tokens.length);
  let allowed = 0;
  let grammarMicroseconds = Infinity;
  for (let pass = 0; pass < 5; pass++) {
    allowed = 0;
    let tokens = 0;
    const start = performance.now();
    for (const [, sentence] of sample) {
      const state = scheme.grammar(words, 2 * sentence.length + 100);
      try {
        for (const token of [...sentence, "<end>"]) {
          const id = words.id(token);
          if (state.candidates === undefined) state.allowedNext(mask);
          else {
            state.candidates(mask);
            state.allows(id);
          }
          state.push(id);
          tokens++;
        }
        allowed++;
      } catch (error) {
        if (error.code !== "TOKEN_NOT_ALLOWED") throw error;
      }
    }
    grammarMicroseconds = Math.min(grammarMicroseconds, ((performance.now() - start) * 1000) / tokens);
  }
  const sampled = (await samplingMicroseconds(words.tokens.length)).toFixed(0);
  console.log(
    [
      name.padEnd(10),
      `${sentences.size} of ${circuits.length}`.padStart(14),
      String(lengths[lengths.length >> 1]).padStart(15),
      String(lengths.at(-1)).padStart(8),
      String(vocabulary.tokens.length).padStart(11),
      String(same).padStart(12),
      `${allowed} of ${sample.length}`.padStart(23),
      `${grammarMicroseconds.toFixed(1)} us`.padStart(8),
      `${sampled} us`.padStart(9),
      `${((100 * grammarMicroseconds) / (grammarMicroseconds + Number(sampled))).toFixed(1)} %`.padStart(6),
    ].join(" "),
  );
}

/** Time of a token in batches of 32, model alone. */
async function samplingMicroseconds(vocabularySize) {
  const model = await backend.create(
    {
      vocabularySize,
      layers: 4,
      heads: 4,
      width: 128,
      context: 256,
      dropout: 0,
      norm: "rms",
      positions: "rotary",
      qkNorm: true,
      activation: "squared-relu",
    },
    1,
  );
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    const sampler = await model.sampler(ROWS);
    const start = performance.now();
    for (let step = 0; step < 100; step++) await sampler.step(new Int32Array(ROWS).fill(3 + (step % 7)));
    best = Math.min(best, ((performance.now() - start) * 1000) / (100 * ROWS));
    await sampler.dispose();
  }
  await model.dispose();
  return best;
}

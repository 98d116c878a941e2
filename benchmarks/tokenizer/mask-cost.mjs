// What the grammar of each scheme costs beside the sampling of a network, in one run, in batches of 32: the reference
// configuration (6 layers, 6 heads, 384 wide) and that of examples/opamp. The grammar follows the scheme's own sentences of small
// legal circuits, under the limit of the network's context. Both are processor time on one thread, so that other load does not
// matter; as the network runs on two threads, it is taken for half of that. Last, the shipped model as it writes: the share of all
// that its sampling takes, on one thread: node benchmarks/tokenizer/mask-cost.mjs
import { checkRules, configSchema, createRng, findStartingPoint, restoreVocabulary, sampleSentences } from "@topogenie/core";
import { createOnnxBackend } from "@topogenie/model";
import { deviceTypes, loadDataset } from "../circuit/load-dataset.mjs";
import { allSchemes } from "./all-schemes.mjs";

const ROWS = 32;
const THREADS = 2;
const ROUNDS = 2;
const networks = {
  reference: { layers: 6, heads: 6, width: 384, context: 1024 },
  small: {
    layers: 4,
    heads: 4,
    width: 128,
    context: 256,
    norm: "rms",
    positions: "rotary",
    qkNorm: true,
    activation: "squared-relu",
  },
};
const circuits = (await loadDataset()).filter(
  (circuit) => circuit.devices.length <= 12 && checkRules(circuit, deviceTypes).length === 0,
);
const backend = await createOnnxBackend({ threads: 1 });
console.log("scheme            network    vocabulary  sampling   grammar   share (target: under 5 %)");
for (const [name, scheme] of allSchemes(deviceTypes)) {
  const vocabulary = scheme.vocabulary(circuits);
  for (const [network, config] of Object.entries(networks)) {
    const sentences = circuits
      .map((circuit) => scheme.encode(circuit, createRng("mask cost").fork(circuit.name)))
      .filter(({ length }) => length < config.context)
      .filter((_, index) => index % 4 === 0);
    const model = await backend.create({ ...config, vocabularySize: vocabulary.tokens.length, dropout: 0 }, 1);
    let sampling = Infinity;
    let grammar = Infinity;
    // Taken in turn, so that whatever else the machine does falls on both; the best of each counts.
    for (let round = 0; round < ROUNDS; round++) {
      sampling = Math.min(sampling, await samplingMicroseconds(model, vocabulary.tokens.length));
      for (let pass = 0; pass < 3; pass++) {
        grammar = Math.min(grammar, grammarMicroseconds(scheme, vocabulary, sentences, config.context - 1));
      }
    }
    await model.dispose();
    console.log(
      [
        name.padEnd(17),
        network.padEnd(10),
        String(vocabulary.tokens.length).padStart(10),
        `${sampling.toFixed(0)} us`.padStart(9),
        `${grammar.toFixed(1)} us`.padStart(9),
        `${((100 * grammar) / (grammar + sampling)).toFixed(1)} %`.padStart(7),
      ].join(" "),
    );
  }
}
await measureShippedModel();

/** What is in the calls of the grammar, the clock's own time included, of the processor time of sampling. */
async function measureShippedModel() {
  const config = configSchema.parse({ train: { from: "@topogenie/pretrained", steps: 0 } });
  const { checkpoint } = await findStartingPoint(config, process.cwd());
  const scheme = new Map(allSchemes(deviceTypes)).get(checkpoint.scheme.name);
  const vocabulary = restoreVocabulary({ tokens: checkpoint.vocabulary });
  const maxTokens = checkpoint.state.config.context - 1;
  const model = await backend.load(checkpoint.state);
  const request = { model, attempts: 10 * ROWS, rows: ROWS, maxTokens, seed: 1, temperature: 1.2, topK: 0, topP: 1 };
  const shares = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const clock = { grammar: 0 };
    const start = process.cpuUsage();
    const sentences = await sampleSentences({
      ...request,
      grammar: () => clocked(scheme.grammar(vocabulary, maxTokens), clock),
    });
    const spent = microseconds(start);
    const tokens = sentences.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
    shares.push({ tokens, spent, ...clock });
  }
  await model.dispose();
  // The first is not compiled yet.
  const [{ tokens, spent, grammar }] = shares.slice(1).sort((a, b) => a.grammar / a.spent - b.grammar / b.spent);
  console.log(
    `\nshipped model (${checkpoint.scheme.name}), sentences of ${(tokens / request.attempts).toFixed(0)} tokens: ` +
      `${((spent - grammar) / tokens).toFixed(0)} us a token, grammar ${(grammar / tokens).toFixed(1)} us, ${((100 * grammar) / spent).toFixed(1)} %`,
  );
}

/** A grammar whose calls are timed. */
function clocked(state, clock) {
  const timed =
    (name) =>
    (...given) => {
      const from = performance.now();
      const result = state[name](...given);
      clock.grammar += 1000 * (performance.now() - from);
      return result;
    };
  return {
    allowedNext: timed("allowedNext"),
    push: timed("push"),
    endSoon: timed("endSoon"),
    get finished() {
      return state.finished;
    },
  };
}

/** Time of a token in batches of 32, the network alone; sentences of a hundred tokens. */
async function samplingMicroseconds(model, size) {
  const steps = 60;
  const sampler = await model.sampler(ROWS);
  const start = process.cpuUsage();
  for (let step = 0; step < steps; step++) await sampler.step(new Int32Array(ROWS).fill(3 + (step % (size - 3))));
  const spent = microseconds(start) / (THREADS * steps * ROWS);
  await sampler.dispose();
  return spent;
}

/** Time of a token: its mask, as the sampling loop asks for it, and the step to the next state. */
function grammarMicroseconds(scheme, vocabulary, sentences, maxTokens) {
  const mask = new Uint8Array(vocabulary.tokens.length);
  let tokens = 0;
  const start = process.cpuUsage();
  for (const sentence of sentences) {
    const state = scheme.grammar(vocabulary, maxTokens);
    try {
      for (const token of [...sentence, "<end>"]) {
        const id = vocabulary.id(token);
        if (state.candidates === undefined) state.allowedNext(mask);
        else {
          state.candidates(mask);
          state.allows(id);
        }
        state.push(id);
        tokens++;
      }
    } catch (error) {
      // Near the limit a grammar rules out some sentences that could just have been finished.
      if (error.code !== "TOKEN_NOT_ALLOWED") throw error;
    }
  }
  return microseconds(start) / tokens;
}

function microseconds(start) {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

// Writes sentences by random choice under every grammar, with random limits and conditions, some of them hurried, and counts dead
// ends and circuits that break an electrical rule or a condition; all must be 0:
//   node benchmarks/tokenizer/grammar-drive.mjs [sentences] [scheme]
import { checkRules, createRng, portKind } from "@topogenie/core";
import { deviceTypes, loadDataset } from "../circuit/load-dataset.mjs";
import { allSchemes } from "./all-schemes.mjs";

const sentences = Number(process.argv[2] ?? 100_000);
const only = process.argv[3];
process.argv.length = 2;
const circuits = (await loadDataset()).filter(
  (circuit) => circuit.devices.length <= 9 && checkRules(circuit, deviceTypes).length === 0,
);
const LIMIT = 220;
const kinds = [
  { kind: "VDD", minimum: 0, maximum: 1 },
  { kind: "VIN", minimum: 1, maximum: 2 },
  { kind: "VOUT", minimum: 1, maximum: 1 },
  { kind: "IB", minimum: 0, maximum: 0 },
];
for (const [name, scheme] of allSchemes(deviceTypes).filter(([name]) => only === undefined || name === only)) {
  const vocabulary = scheme.vocabulary(circuits.slice(0, 60));
  const ports = vocabulary.tokens.filter((token) => /^V(DD|IN|OUT)/.test(token));
  const able = scheme.capabilities().conditions;
  const mask = new Uint8Array(vocabulary.tokens.length);
  const counts = { written: 0, tokens: 0, devices: 0, impossible: 0, deadEnds: 0, illegal: 0, conditionsBroken: 0 };
  const start = process.cpuUsage();
  let shown = performance.now();
  for (let sentence = 0; sentence < sentences; sentence++) {
    if (process.stderr.isTTY && performance.now() - shown > 1000) {
      shown = performance.now();
      const spent = seconds(start);
      process.stderr.write(
        `\r${name}: ${sentence} of ${sentences}, ${(sentence / spent).toFixed(0)} a second, ${(((sentences - sentence) * spent) / sentence).toFixed(0)} s left `,
      );
    }
    if (sentence > 0 && sentence % 10_000 === 0) report(sentence);
    const rng = createRng(`drive/${sentence}`);
    const conditions = {};
    if (able.includes("ports") && sentence % 8 === 1)
      conditions.ports = ["VSS", ...rng.shuffle(ports).slice(0, 1 + rng.integer(4))];
    if (able.includes("portKinds") && sentence % 8 >= 6) conditions.portKinds = kinds;
    if (able.includes("deviceCount") && sentence % 4 >= 2) {
      const devices = 1 + rng.integer(20);
      conditions.deviceCount = sentence % 8 < 4 ? devices : { atMost: devices };
    }
    const maxTokens = 20 + rng.integer(LIMIT - 20);
    let state;
    try {
      state = scheme.grammar(vocabulary, maxTokens, conditions);
    } catch (error) {
      if (!["GRAMMAR_LIMIT", "GRAMMAR_CONDITIONS"].includes(error.code)) throw error;
      counts.impossible++;
      continue;
    }
    // Every third sentence is asked to end soon, wherever it is.
    const tokens = drive(state, vocabulary, mask, rng, sentence % 3 === 2 ? rng.integer(maxTokens) : Infinity);
    if (tokens === undefined) {
      counts.deadEnds++;
      continue;
    }
    counts.written++;
    counts.tokens += tokens.length;
    const decoded = scheme.decode(tokens);
    counts.devices += decoded.devices.length;
    if (tokens.length > maxTokens || checkRules(decoded, deviceTypes).length > 0) counts.illegal++;
    if (!isKept(decoded, conditions)) counts.conditionsBroken++;
  }
  report(sentences);

  function report(sentence) {
    console.log(
      `${name}: ${sentence} sentences in ${seconds(start).toFixed(0)} s of processor time: ${counts.written} written (${counts.tokens} tokens, ${counts.devices} devices), ` +
        `${counts.impossible} that no circuit fits, ${counts.deadEnds} dead ends, ${counts.illegal} illegal, ${counts.conditionsBroken} against their conditions`,
    );
  }
}

function isKept({ devices, ports }, { deviceCount = devices.length, ports: asked = ports, portKinds = [] }) {
  const count = (kind) => ports.filter((port) => portKind(port) === kind).length;
  return (
    (typeof deviceCount === "number" ? devices.length === deviceCount : devices.length <= deviceCount.atMost) &&
    [...asked].sort().join() === [...ports].sort().join() &&
    portKinds.every(({ kind, minimum, maximum }) => count(kind) >= minimum && count(kind) <= maximum)
  );
}

function seconds(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

/** The sentence, or nothing at a dead end. */
function drive(state, vocabulary, mask, rng, endSoonAt) {
  const tokens = [];
  while (!state.finished) {
    if (tokens.length === endSoonAt) state.endSoon?.();
    if (state.candidates === undefined) state.allowedNext(mask);
    else state.candidates(mask);
    const left = [];
    for (let id = mask.indexOf(1); id >= 0; id = mask.indexOf(1, id + 1)) left.push(id);
    let id;
    while (id === undefined && left.length > 0) {
      const index = rng.integer(left.length);
      const drawn = left[index];
      left[index] = left.at(-1);
      left.pop();
      if (state.allows?.(drawn) ?? true) id = drawn;
    }
    if (id === undefined) return undefined;
    state.push(id);
    if (!state.finished) tokens.push(vocabulary.tokens[id]);
  }
  return tokens;
}

import type { ResolvedConfig } from "../../config/config-schema.js";
import type { TokenizationScheme, Vocabulary } from "../../contracts/tokenization-scheme.js";
import { restoreVocabulary, type VocabularyJson } from "../../language-model/vocabulary.js";
import { writeJson } from "../../runtime/atomic-file.js";
import { TopogenieError } from "../../runtime/error.js";
import type { Rng } from "../../runtime/rng.js";
import { readCorpus } from "../corpus-entry.js";
import { familyPorts } from "../family-ports.js";
import type { EncodingSummary } from "../report-data.js";
import { SentenceEncoder, type EncodableCircuit } from "../sentence-encoder.js";
import type { Split } from "../split.js";
import type { Stage, StageContext } from "../stage.js";
import { findStartingPoint, startingFingerprint } from "../starting-point.js";
import { MAXIMUM_VOCABULARY, TokenFileWriter } from "../token-file.js";

/** Splits the corpus by topology and writes each circuit as sentences. */
export const encodeStage: Stage = {
  name: "encode",
  title: "Write circuits as sentences",
  reads: ["corpus"],
  uses: ["scheme"],
  dependsOn: async (config, folder) => ({ encode: config.encode, from: await startingFingerprint(config, folder) }),

  async run(context) {
    const { encode } = context.config;
    const scheme = await context.host.create("tokenization-scheme", encode.scheme, encode.options, "encode.scheme");
    const circuits: EncodableCircuit[] = [];
    for await (const entry of readCorpus(context.input("corpus", "circuits.jsonl"))) circuits.push(entry);
    const start = await findStartingPoint(context.config, context.configFolder);
    const vocabulary =
      start === undefined
        ? ownVocabulary(scheme, circuits, encode.conditions, encode.ports === "families" ? await familyPorts(context.host) : [])
        : restoreVocabulary({ tokens: start.checkpoint.vocabulary });
    refuseLarge(vocabulary);

    const encoder = new SentenceEncoder(scheme, vocabulary, context.config);
    const notEncodable: { circuit: string; reason: string }[] = [];
    const encodable = circuits.filter((entry) => {
      try {
        encoder.check(entry, context.rng.fork("trial").fork(entry.id));
        return true;
      } catch (cause) {
        if (!(cause instanceof TopogenieError)) throw cause;
        notEncodable.push({ circuit: entry.circuit.name, reason: cause.message });
        return false;
      }
    });
    if (encodable.length === 0) {
      throw new TopogenieError(
        "NOTHING_ENCODABLE",
        `The scheme "${encode.scheme}" can write none of the corpus's circuits: ${notEncodable[0]?.reason ?? ""}`,
      );
    }
    const { training, validation } = split(encodable, encode.validation, context.rng.fork("split"));
    const lengths = await writeSentences(context, "training", encoder, training, encode.walks);
    await writeSentences(context, "validation", encoder, validation, 1);

    await writeJson(context.file("vocabulary.json"), { tokens: vocabulary.tokens } satisfies VocabularyJson);
    await writeJson(context.file("split.json"), {
      training: training.map(({ id }) => id),
      validation: validation.map(({ id }) => id),
    } satisfies Split);
    lengths.sort((a, b) => a - b);
    const summary: EncodingSummary = {
      scheme: encode.scheme,
      vocabulary: vocabulary.tokens.length,
      trainingCircuits: training.length,
      validationCircuits: validation.length,
      sequences: lengths.length,
      medianTokens: lengths[Math.floor(lengths.length / 2)] ?? 0,
      longestTokens: lengths.at(-1) ?? 0,
      notEncodable,
    };
    await writeJson(context.file("summary.json"), summary);
    return {
      outputs: ["vocabulary.json", "split.json", "training", "validation"],
      summary: `${summary.sequences} sentences, median ${summary.medianTokens} tokens, vocabulary ${summary.vocabulary}`,
    };
  },
};

function split(
  circuits: readonly EncodableCircuit[],
  share: number,
  rng: Rng,
): { training: EncodableCircuit[]; validation: EncodableCircuit[] } {
  const shuffled = rng.shuffle(circuits);
  const kept = Math.min(circuits.length - 1, Math.round(circuits.length * share));
  return { validation: shuffled.slice(0, kept), training: shuffled.slice(kept) };
}

/** Walk after walk, and in each walk every circuit once; returns the sentences' lengths, start and end left out. */
async function writeSentences(
  { file, signal, onProgress }: StageContext,
  name: string,
  encoder: SentenceEncoder,
  circuits: readonly EncodableCircuit[],
  walks: number,
): Promise<number[]> {
  const lengths: number[] = [];
  const writer = await TokenFileWriter.create(file(name));
  try {
    for (let walk = 0; walk < walks; walk++) {
      for (const entry of circuits) {
        const ids = encoder.encode(entry, walk);
        lengths.push(ids.length - 2);
        await writer.append(ids);
        if (lengths.length % 256 === 0) {
          await new Promise(setImmediate);
          signal.throwIfAborted();
          onProgress({ done: lengths.length, total: walks * circuits.length, unit: `${name} sentences` });
        }
      }
    }
  } catch (cause) {
    await writer.abandon();
    throw cause;
  }
  await writer.finish();
  return lengths;
}

/** The words that the corpus needs, and those of the conditions that the config asks for. */
function ownVocabulary(
  scheme: TokenizationScheme,
  circuits: readonly EncodableCircuit[],
  conditions: ResolvedConfig["encode"]["conditions"],
  ports: readonly string[],
): Vocabulary {
  return scheme.vocabulary(
    circuits.map(({ circuit }) => circuit),
    {
      families: conditions.includes("family") ? circuits.flatMap(({ family }) => family ?? []) : [],
      mostDevices: conditions.includes("deviceCount")
        ? circuits.reduce((most, { circuit }) => Math.max(most, circuit.devices.length), 0)
        : 0,
      ports,
    },
  );
}

function refuseLarge(vocabulary: Vocabulary): void {
  if (vocabulary.tokens.length > MAXIMUM_VOCABULARY) {
    throw new TopogenieError(
      "VOCABULARY_TOO_LARGE",
      `The vocabulary has ${vocabulary.tokens.length} tokens; at most ${MAXIMUM_VOCABULARY} can be stored.`,
    );
  }
}

import { createHash } from "node:crypto";
import type { Checkpoint } from "../language-model/checkpoint.js";
import { END_ID, START_ID } from "../language-model/vocabulary.js";
import type { Attempt } from "../pipeline/attempt.js";
import { longestSentence } from "../pipeline/sample-attempts.js";
import type { FinetuningParts } from "./finetuning-parts.js";
import { taskOf } from "./judged-attempts.js";
import { sentenceChances, type SentenceChances } from "./sentence-chances.js";
import type { Teaching } from "./teaching.js";

/**
 * A step up the gradient of the expected reward (REINFORCE; Williams, Machine Learning 8, 1992), by all that was written in a round,
 * the failures included. What a sentence was written with more chance than by the first model is taken from its reward (KL
 * control; Jaques et al., ICML 2017), and the mean of its family is the baseline, in units of the family's standard deviation (as
 * of a group in Shao et al., arXiv:2402.03300, 2024). Tokens between which there was no choice teach nothing. That the grammar
 * forbids some tokens enters the chances, and not the gradient of a single token.
 */
export async function policyGradient(
  parts: FinetuningParts,
  policy: Checkpoint,
  attempts: readonly Attempt[],
  rewards: ReadonlyMap<number, number>,
): Promise<Teaching> {
  const { config, backend, tasks, vocabulary, start } = parts;
  const sentences = attempts.map(({ tokens, ended }) =>
    Int32Array.from([START_ID, ...tokens.map((token) => vocabulary.id(token)), ...(ended ? [END_ID] : [])]),
  );
  const chancesOf = async (checkpoint: Checkpoint): Promise<readonly SentenceChances[]> => {
    const model = await backend.load(checkpoint.state);
    try {
      return await sentenceChances({ model, ...chanceSettings(parts, attempts, checkpoint), sentences });
    } finally {
      await model.dispose();
    }
  };
  const chances = await chancesOf(policy);
  const first = policy === start.checkpoint ? chances : await chancesOf(start.checkpoint);
  const divergences = chances.map(({ logChances }, index) => sum(logChances) - sum(first[index]?.logChances ?? logChances));
  const advantages = advantagesOf(
    attempts.map(({ attempt }, index) => ({
      group: taskOf(tasks, attempt).family.name,
      reward: (rewards.get(attempt) ?? 0) - config.finetune.leash * (divergences[index] ?? 0),
    })),
  );
  const weights = new Map<Int32Array, Float32Array>(
    sentences.map((sentence, index) => [
      sentence,
      Float32Array.from(chances[index]?.wasChoice ?? [], (choice) => choice * (advantages[index] ?? 0)),
    ]),
  );
  return {
    documents: () => sentences,
    weightsOf: (sentence) => weights.get(sentence),
    hash: createHash("sha256")
      .update(JSON.stringify([sentences.map((ids) => [...ids]), advantages]))
      .digest("hex"),
    lessons: advantages.filter((advantage) => advantage !== 0).length,
    divergence: sum(divergences) / divergences.length,
  };
}

function chanceSettings(
  { config: { generate, train }, tasks, scheme, vocabulary, signal }: FinetuningParts,
  attempts: readonly Attempt[],
  checkpoint: Checkpoint,
) {
  const maxTokens = longestSentence(generate, checkpoint);
  const grammarOf = (index: number) =>
    scheme.grammar(vocabulary, maxTokens, taskOf(tasks, attempts[index]?.attempt ?? 0).conditions);
  return {
    grammar: generate.grammar ? grammarOf : undefined,
    endSoonAt: (index: number) => attempts[index]?.endSoonAt,
    temperature: generate.temperature,
    rows: train.rows,
    length: checkpoint.state.config.context,
    signal,
  };
}

/** By how many standard deviations each reward is above the mean of its group; 0 in a group whose rewards are all the same. */
export function advantagesOf(rewarded: readonly { readonly group: string; readonly reward: number }[]): readonly number[] {
  const statistics = new Map(
    [...new Set(rewarded.map(({ group }) => group))].map((group) => {
      const rewards = rewarded.filter((one) => one.group === group).map(({ reward }) => reward);
      const mean = sum(rewards) / rewards.length;
      return [group, { mean, deviation: Math.sqrt(sum(rewards.map((reward) => (reward - mean) ** 2)) / rewards.length) }];
    }),
  );
  return rewarded.map(({ group, reward }) => {
    const { mean = 0, deviation = 0 } = statistics.get(group) ?? {};
    return deviation < 1e-9 ? 0 : (reward - mean) / deviation;
  });
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index] as number;
  return total;
}

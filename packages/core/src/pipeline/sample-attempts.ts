import type { ResolvedConfig } from "../config/config-schema.js";
import type { LanguageModel } from "../contracts/model-backend.js";
import type { Conditions, TokenizationScheme, Vocabulary } from "../contracts/tokenization-scheme.js";
import type { Checkpoint } from "../language-model/checkpoint.js";
import { sampleSentences } from "../language-model/sampling-loop.js";
import type { Attempt } from "./attempt.js";

export interface AttemptRequest {
  readonly config: Pick<ResolvedConfig, "generate" | "seed">;
  readonly checkpoint: Checkpoint;
  /** Of the checkpoint. */
  readonly model: LanguageModel;
  readonly scheme: TokenizationScheme;
  /** Of the checkpoint. */
  readonly vocabulary: Vocabulary;
  /** As the grammar is given them. */
  readonly conditions: Conditions | undefined;
  /** Attempts are numbered from this. */
  readonly first: number;
  readonly count: number;
  readonly signal: AbortSignal;
  /** Called with each as soon as it is written. */
  readonly onAttempt: (attempt: Attempt) => void;
}

/** Writes attempts as the config's `generate` says. Throws the signal's reason after an abort. */
export async function sampleAttempts(request: AttemptRequest): Promise<void> {
  const { config, checkpoint, model, scheme, vocabulary, conditions, signal } = request;
  const { generate, seed } = config;
  const { startsWith } = checkpoint;
  const maxTokens = longestSentence(generate, checkpoint);
  await sampleSentences({
    model,
    firstAttempt: request.first,
    attempts: request.count,
    rows: generate.rows,
    maxTokens,
    seed,
    temperature: generate.temperature,
    topK: generate.topK,
    topP: generate.topP,
    signal,
    startsWith: startsWith === undefined ? undefined : vocabulary.id(startsWith),
    grammar: generate.grammar ? () => scheme.grammar(vocabulary, maxTokens, conditions) : undefined,
    onSentence: ({ attempt, tokens, ...rest }) => {
      request.onAttempt({ attempt, tokens: tokens.map((id) => vocabulary.tokens[id] ?? ""), ...rest });
    },
  });
  signal.throwIfAborted();
}

/** Of the sentences that a checkpoint's model may write, in tokens, start and end left out. */
export function longestSentence({ maxTokens }: ResolvedConfig["generate"], { state }: Checkpoint): number {
  return maxTokens ?? state.config.context - 1;
}

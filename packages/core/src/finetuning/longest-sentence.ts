import type { ResolvedConfig } from "../config/config-schema.js";
import type { Checkpoint } from "../language-model/checkpoint.js";

/** Of the sentences that a checkpoint's model may write, in tokens, start and end left out. */
export function longestSentence({ maxTokens }: ResolvedConfig["generate"], { state }: Checkpoint): number {
  return maxTokens ?? state.config.context - 1;
}

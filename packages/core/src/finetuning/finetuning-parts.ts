import type { ResolvedConfig } from "../config/config-schema.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { ModelBackend } from "../contracts/model-backend.js";
import type { Simulator } from "../contracts/simulator.js";
import type { TokenizationScheme, Vocabulary } from "../contracts/tokenization-scheme.js";
import type { ModelCard } from "../contracts/deck.js";
import type { EncodableCircuit, SentenceEncoder } from "../pipeline/sentence-encoder.js";
import type { StartingPoint } from "../pipeline/starting-point.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import type { Logger } from "../runtime/logger.js";
import type { ProgressUpdate } from "../runtime/progress.js";
import type { FinetuningTask } from "./finetuning-task.js";

/** What all rounds of a fine-tuning work with. */
export interface FinetuningParts {
  readonly config: ResolvedConfig;
  readonly host: PluginHost;
  readonly start: StartingPoint;
  readonly tasks: readonly FinetuningTask[];
  readonly scheme: TokenizationScheme;
  readonly vocabulary: Vocabulary;
  readonly encoder: SentenceEncoder;
  readonly simulator: Simulator;
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly models: ReadonlyMap<string, ModelCard>;
  readonly backend: ModelBackend;
  readonly corpus: readonly EncodableCircuit[];
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly onProgress: (round: number, update: ProgressUpdate) => void;
}

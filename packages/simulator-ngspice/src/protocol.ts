import type { EngineAnswer, EngineJob } from "@topogenie/core";

/** Jobs go to the worker as messages; `wake` is then counted up, because a waiting worker sleeps on it. */
export interface WorkerSetup {
  /** One Int32. */
  readonly wake: SharedArrayBuffer;
}

export type ToWorker = EngineJob;

export type FromWorker =
  | { readonly kind: "ready" }
  | ({ readonly kind: "answer" } & EngineAnswer)
  /** Sent as the worker ends: what the engine printed last. */
  | { readonly kind: "last words"; readonly log: string };

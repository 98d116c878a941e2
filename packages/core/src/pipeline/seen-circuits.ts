import { stat } from "node:fs/promises";
import { loadBestCheckpoint } from "../language-model/checkpoint-series.js";

/** Canonical hashes of the circuits that a run's model has seen; none where the run composes circuits and has no model. */
export async function seenCircuits(modelFolder: string): Promise<readonly string[]> {
  const hasModel = await stat(modelFolder).then(
    () => true,
    () => false,
  );
  return hasModel ? ((await loadBestCheckpoint(modelFolder)).knownCircuits ?? []) : [];
}

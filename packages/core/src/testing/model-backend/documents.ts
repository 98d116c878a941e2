import type { TokenBatch } from "../../contracts/model-backend.js";
import { batchOf } from "../../language-model/packing.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { backendCheck, config, difference, documents, packed, TOLERANCE, type CreateBackend } from "./fixtures.js";

/** Attention never crosses from one document of a row to another. */
export function documentsApart(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    backendCheck(create, "documents that share a row do not see each other", async (backend) => {
      const model = await backend.create(config, 1);
      const together = packed(documents);
      const logits = await model.logits(together);
      for (const document of documents) {
        const alone = batchOf([[document]], 1, config.context);
        const expected = await model.logits(alone);
        const at = placeOf(together, document);
        const places = (document.length - 1) * config.vocabularySize;
        const found = logits.subarray(at * config.vocabularySize, at * config.vocabularySize + places);
        const worst = difference(found, expected.subarray(0, places));
        promise(worst < TOLERANCE, `a document's logits are the same in a packed row and alone: they differ by ${worst}`);
      }
    }),
  ];
}

/** Where a document begins in a batch. */
function placeOf(batch: TokenBatch, document: Int32Array): number {
  for (let at = 0; at < batch.tokens.length; at++) {
    if (batch.positions[at] === 0 && document.subarray(1).every((token, index) => batch.targets[at + index] === token)) return at;
  }
  throw new Error("The document is not in the batch.");
}

import type { GptConfig } from "../../contracts/model-backend.js";
import { batchOf } from "../../language-model/packing.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { memoryHeld } from "../memory-held.js";
import { backendCheck, documents, settings, type CreateBackend } from "./fixtures.js";

/** 6 MB of weights, three times that with the optimizer's moments. */
const large: GptConfig = { layers: 2, heads: 4, width: 256, context: 32, vocabularySize: 12, dropout: 0 };
/** The first ones fill caches, and let heap and pools find their size. */
const FIRST = 8;
const MODELS = 12;
/** Weights that are kept are 75 MB, with their moments 225 MB; a WebAssembly heap without a leak may still grow by 40 MB. */
const MOST_GROWTH_BYTES = 60e6;

/** A run of many trials makes model after model, and a sampler for every batch of sentences. */
export function endurance(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    backendCheck(create, `${FIRST + MODELS} models and their samplers, disposed of, leave memory bounded`, async (backend) => {
      const batch = batchOf([[documents[0] as Int32Array]], 1, large.context);
      let before = 0;
      for (let number = 0; number < FIRST + MODELS; number++) {
        if (number === FIRST) before = memoryHeld().rss;
        const model = await backend.create(large, number);
        await model.trainStep(batch, settings);
        for (let turn = 0; turn < 2; turn++) {
          const sampler = await model.sampler(4);
          await sampler.step(Int32Array.of(1, 1, 1, 1));
          await sampler.dispose();
        }
        await model.dispose();
      }
      const grown = memoryHeld().rss - before;
      promise(grown < MOST_GROWTH_BYTES, `memory grew by ${(grown / 1e6).toFixed(0)} MB over ${MODELS} models`);
    }),
  ];
}

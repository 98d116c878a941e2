import { batchOf } from "../../language-model/packing.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { backendCheck, config, difference, documents, modern, settings, TOLERANCE, type CreateBackend } from "./fixtures.js";

/** Tokens one by one are as good as a whole sentence at once. */
export function sampling(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    ...[config, modern].map((variant) =>
      backendCheck(
        create,
        `a sampler's logits are those of the whole sentence (${variant.positions ?? "learned"} positions)`,
        async (backend) => {
          const model = await backend.create(variant, 1);
          const sentences = [documents[0], documents[1], documents[3]].map((document) => (document as Int32Array).slice(0, 6));
          const batch = batchOf(
            sentences.map((sentence) => [sentence]),
            sentences.length,
            5,
          );
          const whole = await model.logits(batch);
          const sampler = await model.sampler(3);
          let rows = [0, 1, 2];
          for (let place = 0; place < 5; place++) {
            if (place === 3) {
              sampler.keep([0, 2]);
              rows = [0, 2];
            }
            promise(sampler.rows === rows.length, "a sampler knows how many rows it has");
            const logits = await sampler.step(Int32Array.from(rows, (row) => sentences[row]?.[place] ?? 0));
            rows.forEach((row, index) => {
              const size = variant.vocabularySize;
              const from = (row * 5 + place) * size;
              const worst = difference(logits.subarray(index * size, (index + 1) * size), whole.subarray(from, from + size));
              promise(
                worst < TOLERANCE,
                `row ${row} at place ${place} has the logits of the whole sentence: they differ by ${worst}`,
              );
            });
          }
          await sampler.dispose();
        },
      ),
    ),
    backendCheck(create, "a long row's logits are those of the same sentence token by token", async (backend) => {
      const long = { ...config, context: 300 };
      const model = await backend.create(long, 2);
      const sentence = Int32Array.from({ length: 300 }, (_, index) => (index === 0 ? 1 : 3 + ((index * index) % 9)));
      const whole = await model.logits(batchOf([[sentence]], 1, 299));
      const sampler = await model.sampler(1);
      for (let place = 0; place < 299; place++) {
        const logits = await sampler.step(sentence.subarray(place, place + 1));
        const worst = difference(logits, whole.subarray(place * long.vocabularySize, (place + 1) * long.vocabularySize));
        promise(worst < TOLERANCE, `the logits at place ${place} agree: they differ by ${worst}`);
      }
      await sampler.dispose();
    }),
    backendCheck(create, "a sampler made after training has the trained weights", async (backend) => {
      const model = await backend.create(config, 1);
      const batch = batchOf([[documents[0] as Int32Array]], 1, config.context);
      const first = async (): Promise<Float32Array> => {
        const sampler = await model.sampler(1);
        const logits = (await sampler.step(Int32Array.of(1))).slice();
        await sampler.dispose();
        return logits;
      };
      await first();
      await model.trainStep(batch, settings);
      const worst = difference(await first(), (await model.logits(batch)).subarray(0, config.vocabularySize));
      promise(worst < TOLERANCE, `its logits are the trained model's: they differ by ${worst}`);
    }),
  ];
}

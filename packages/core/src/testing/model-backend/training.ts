import { promise, type BehaviourCheck } from "../conformance-check.js";
import { backendCheck, config, documents, modern, packed, settings, type CreateBackend } from "./fixtures.js";

/** It learns. */
export function training(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    ...[config, modern].map((variant) =>
      backendCheck(create, `training lowers the loss (${variant.norm ?? "layer"} norm)`, async (backend) => {
        const model = await backend.create(variant, 1);
        const batch = packed(documents);
        const { loss: before } = await model.evaluate(batch);
        promise(
          Math.abs(before - Math.log(variant.vocabularySize)) < 0.3,
          `an untrained model knows nothing: its loss ${before} is near ln(vocabulary)`,
        );
        for (let step = 0; step < 60; step++) await model.trainStep(batch, settings);
        const { loss, targets } = await model.evaluate(batch);
        promise(loss < before / 2, `60 steps on one batch halve its loss: ${before} became ${loss}`);
        promise(
          targets === documents.reduce((sum, { length }) => sum + length - 1, 0),
          `evaluate counts the targets: ${targets}`,
        );
      }),
    ),
  ];
}

import { TopogenieError } from "../../runtime/error.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { backendCheck, config, documents, packed, settings, weightsOf, type CreateBackend } from "./fixtures.js";

/** A training that has gone wrong stops. */
export function failing(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    backendCheck(create, "a loss that is not finite is an error and leaves the weights as they were", async (backend) => {
      const broken = await backend.create(config, 1);
      const state = await broken.save();
      state.tensors.get("head.bias")?.data.fill(Number.NaN);
      const model = await backend.load(state);
      const before = await weightsOf(model);
      const error = await model.trainStep(packed(documents), settings).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      promise(error instanceof TopogenieError && error.code === "MODEL_LOSS_NOT_FINITE", "it throws MODEL_LOSS_NOT_FINITE");
      const after = await weightsOf(model);
      promise(
        before.every((value, index) => Object.is(value, after[index])),
        "the weights are as they were",
      );
    }),
  ];
}

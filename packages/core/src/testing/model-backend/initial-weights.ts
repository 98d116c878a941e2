import type { LanguageModel } from "../../contracts/model-backend.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { backendCheck, config, difference, weightsOf, type CreateBackend } from "./fixtures.js";

/** The seed alone says which weights a new model has. */
export function initialWeights(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    backendCheck(create, "the same seed gives the same weights, another seed others", async (backend) => {
      const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => backend.create(config, seed)));
      const [a, b, c] = await Promise.all([one, same, other].map((model) => weightsOf(model as LanguageModel)));
      promise(difference(a ?? [], b ?? []) === 0, "two models of one seed have equal weights");
      promise(difference(a ?? [], c ?? []) > 0, "models of two seeds have different weights");
    }),
  ];
}

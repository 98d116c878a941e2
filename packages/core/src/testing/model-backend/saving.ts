import { promise, type BehaviourCheck } from "../conformance-check.js";
import { backendCheck, config, difference, documents, packed, settings, weightsOf, type CreateBackend } from "./fixtures.js";

/** What is saved is all that training needs to go on. */
export function saving(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    backendCheck(create, "a saved state is a copy, and a loaded model trains on as if it had never stopped", async (backend) => {
      const model = await backend.create({ ...config, dropout: 0.1 }, 1);
      const batch = packed(documents);
      for (let step = 0; step < 3; step++) await model.trainStep(batch, settings);
      const state = await model.save();
      promise(state.step === 3, `the state counts the steps: ${state.step}`);
      const before = state.tensors.get("head")?.data.slice() ?? new Float32Array();
      const loaded = await backend.load(state);
      for (let step = 0; step < 3; step++) {
        await model.trainStep(batch, settings);
        await loaded.trainStep(batch, settings);
      }
      promise(difference(before, state.tensors.get("head")?.data ?? []) === 0, "later steps do not change a saved state");
      promise(difference(await weightsOf(model), await weightsOf(loaded)) === 0, "both have the same weights, bit for bit");
    }),
  ];
}

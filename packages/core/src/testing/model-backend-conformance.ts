import { behaviour, type ConformanceCheck } from "./conformance-check.js";
import { capabilities } from "./model-backend/capabilities.js";
import { documentsApart } from "./model-backend/documents.js";
import { endurance } from "./model-backend/endurance.js";
import { failing } from "./model-backend/failing.js";
import type { CreateBackend } from "./model-backend/fixtures.js";
import { initialWeights } from "./model-backend/initial-weights.js";
import { gradient, loss } from "./model-backend/loss.js";
import { sampling } from "./model-backend/sampling.js";
import { saving } from "./model-backend/saving.js";
import { training } from "./model-backend/training.js";

/**
 * What every model backend promises, for a plugin's own tests. Makes one to ask for its capabilities, by which it is known what
 * applies; each check makes a backend of its own and disposes of it.
 */
export async function modelBackendConformance(create: CreateBackend): Promise<readonly ConformanceCheck[]> {
  const asked = await create();
  const { network = "gpt" } = asked.capabilities();
  await asked.dispose();
  const ofTheNetwork = network === "gpt" ? [create] : [];
  return [
    ...behaviour("model-backend", "capabilities", capabilities(create)),
    ...behaviour("model-backend", "initial-weights", ofTheNetwork.flatMap(initialWeights)),
    ...behaviour("model-backend", "training", ofTheNetwork.flatMap(training)),
    ...behaviour("model-backend", "loss", [...loss(create), ...ofTheNetwork.flatMap(gradient)]),
    ...behaviour("model-backend", "documents", documentsApart(create)),
    ...behaviour("model-backend", "sampling", sampling(create)),
    ...behaviour("model-backend", "saving", saving(create)),
    ...behaviour("model-backend", "failing", ofTheNetwork.flatMap(failing)),
    ...behaviour("model-backend", "endurance", endurance(create)),
  ];
}

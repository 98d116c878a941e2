import { behaviour, type ConformanceCheck } from "./conformance-check.js";
import { capabilities } from "./model-backend/capabilities.js";
import { documentsApart } from "./model-backend/documents.js";
import { failing } from "./model-backend/failing.js";
import type { CreateBackend } from "./model-backend/fixtures.js";
import { initialWeights } from "./model-backend/initial-weights.js";
import { loss } from "./model-backend/loss.js";
import { sampling } from "./model-backend/sampling.js";
import { saving } from "./model-backend/saving.js";
import { training } from "./model-backend/training.js";

/** What every model backend promises, for a plugin's own tests. Each check makes a backend and disposes of it. */
export function modelBackendConformance(create: CreateBackend): readonly ConformanceCheck[] {
  return [
    ...behaviour("model-backend", "capabilities", capabilities(create)),
    ...behaviour("model-backend", "initial-weights", initialWeights(create)),
    ...behaviour("model-backend", "training", training(create)),
    ...behaviour("model-backend", "loss", loss(create)),
    ...behaviour("model-backend", "documents", documentsApart(create)),
    ...behaviour("model-backend", "sampling", sampling(create)),
    ...behaviour("model-backend", "saving", saving(create)),
    ...behaviour("model-backend", "failing", failing(create)),
  ];
}

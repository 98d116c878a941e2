import type { SizingOptimizer } from "../../contracts/sizing-optimizer.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { bytesLeftBehind } from "../memory-held.js";
import { described, drive, mixed } from "./optimization-run.js";

const STUDIES = 15;
const EVALUATIONS = 50;
/** A study whose evaluations are kept holds several times as much. */
const MOST_BYTES = 4000;

/** A run sizes circuit after circuit. */
export function endurance(create: () => SizingOptimizer): readonly BehaviourCheck[] {
  return [
    {
      name: "holds on to nothing of studies that have ended",
      run: () => {
        const optimizer = create();
        const grown = bytesLeftBehind(STUDIES, MOST_BYTES, (number) => {
          const study = optimizer.start(described(mixed, EVALUATIONS), createRng(number));
          drive(study, mixed, EVALUATIONS, [5], () => undefined);
          study.state();
        });
        promise(grown < MOST_BYTES, `memory grew by ${grown.toFixed(0)} bytes a study of ${EVALUATIONS} evaluations`);
      },
    },
  ];
}

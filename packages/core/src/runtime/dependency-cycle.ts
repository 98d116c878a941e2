import { TopogenieError } from "./error.js";

export function dependencyCycle(path: readonly string[]): TopogenieError {
  return new TopogenieError(
    "DEPENDENCY_CYCLE",
    `These need each other and none can be made first: ${path.join(" → ")}. Change the options so that one of them uses something else.`,
  );
}

import { TopogenieError } from "../../runtime/error.js";

export function createFailed(what: string, plugin: string, cause: unknown): TopogenieError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TopogenieError("CREATE_FAILED", `Plugin ${plugin} could not make the ${what}: ${reason}`, { cause });
}

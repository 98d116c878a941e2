import type { z } from "zod";
import { formatPath } from "../../runtime/schema-problems.js";
import type { Seam } from "./seam.js";

/** Throws `PLUGIN_NONSENSE` unless a value has the shape of a schema. For what is asked once, not for every step. */
export function expectShape(seam: Seam, method: string, schema: z.ZodType, value: unknown): void {
  const { error } = schema.safeParse(value);
  const [issue] = error?.issues ?? [];
  seam.expect(
    issue === undefined,
    method,
    () => `${issue?.path.length ? `${formatPath(issue.path)}: ` : ""}${issue?.message ?? ""}`,
  );
}

/** Whether a value is an array; tells the type checker nothing, which knows what the contract says. */
export function isArray(value: unknown): boolean {
  return Array.isArray(value);
}

/** Whether a value is an object of any class. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** By its shape, not its class: a test runner loads the same copy of core twice, and both are this core's circuits. */
export function isCircuit(value: unknown): boolean {
  return isObject(value) && isArray(value.devices) && value.nets instanceof Map && typeof value.renamed === "function";
}

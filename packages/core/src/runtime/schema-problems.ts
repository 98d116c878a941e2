import { z } from "zod";
import { didYouMean } from "./nearest.js";

/**
 * What a value does wrong by a schema, one line a problem: the key's full path, what is wrong, what is expected.
 * An unknown key is named with the nearest valid one.
 * @param at where the value stands, for example `["sizing", "options"]`
 */
export function schemaProblems(schema: z.ZodType, error: z.ZodError, at: readonly PropertyKey[] = []): SchemaProblem[] {
  return error.issues.flatMap((issue): SchemaProblem[] => {
    const path = [...at, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(schema, issue.path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `unknown key.${didYouMean(key, known)} Valid keys: ${known.length === 0 ? "none" : known.join(", ")}.`,
      }));
    }
    return [{ path, message: issue.message }];
  });
}

export interface SchemaProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export function formatPath(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}

/** The keys that the object schema at a path knows. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: z.ZodType | undefined = unwrap(schema);
  for (const key of path) {
    if (current instanceof z.ZodObject) current = unwrap((current.shape as Record<string, z.ZodType | undefined>)[String(key)]);
    else if (current instanceof z.ZodArray) current = unwrap(current.element as z.ZodType);
    else return [];
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let current = schema;
  for (;;) {
    if (
      current instanceof z.ZodDefault ||
      current instanceof z.ZodPrefault ||
      current instanceof z.ZodOptional ||
      current instanceof z.ZodNullable
    ) {
      current = current.unwrap() as z.ZodType;
    } else if (current instanceof z.ZodPipe) {
      current = current.in as z.ZodType;
    } else {
      return current;
    }
  }
}

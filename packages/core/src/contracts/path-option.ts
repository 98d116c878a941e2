import { z } from "zod";

/** Key of a schema's metadata that {@link pathOption} sets. */
export const NAMES_CONTENT = "namesContent";

/**
 * Schema of an option that names a file or a folder whose content has a part in the result, relative to where the command is started: a
 * run then knows it by its content, and does again what depended on another. Not for programs and caches.
 */
export function pathOption(): z.ZodString {
  return z
    .string()
    .min(1)
    .meta({ [NAMES_CONTENT]: true });
}

import { z } from "zod";
import { configSchema } from "./config-schema.js";

/** The config as JSON Schema (draft 2020-12), for editors. Defaults that depend on the machine are left out. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema, { io: "input" }) as { properties: { workers?: { default?: unknown } } };
  delete schema.properties.workers?.default;
  return { ...schema, title: "Topogenie config" };
}

import { z } from "zod";
import { NAMES_CONTENT } from "../contracts/path-option.js";

/** What is read of a JSON schema. */
interface SchemaNode {
  readonly [NAMES_CONTENT]?: boolean;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
}

/** The paths in a thing's options that `pathOption` marks, in the order of the schema. */
export function namedPaths(schema: z.ZodType, options: unknown): string[] {
  return [...pathsAt(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as SchemaNode, options)];
}

function* pathsAt(node: SchemaNode, value: unknown): Iterable<string> {
  if (node[NAMES_CONTENT] === true && typeof value === "string") yield value;
  for (const part of [node.anyOf, node.oneOf, node.allOf].flatMap((parts) => parts ?? [])) yield* pathsAt(part, value);
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) yield* pathsAt(node.items ?? {}, item);
  } else if (typeof value === "object" && value !== null) {
    const { properties = {}, additionalProperties } = node;
    const others = typeof additionalProperties === "object" ? additionalProperties : {};
    for (const [key, own] of Object.entries(value)) yield* pathsAt(properties[key] ?? others, own);
  }
}

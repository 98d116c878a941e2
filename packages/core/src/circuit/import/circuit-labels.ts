import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { z } from "zod";
import { TopogenieError } from "../../runtime/error.js";
import { formatPath, schemaProblems } from "../../runtime/schema-problems.js";
import type { Circuit } from "../circuit.js";
import { portKind } from "../ports.js";

const span = z.union([z.int().nonnegative(), z.string().regex(/^\d+-\d+$/, "expected a number or a range such as 461-492")]);

const labelsSchema = z.strictObject({
  about: z.string().optional(),
  labels: z
    .array(
      z.strictObject({
        label: z.string().min(1),
        circuits: z.array(span).min(1),
        ports: z.array(z.string().min(1)).default([]),
        without: z.array(z.string().min(1)).default([]),
      }),
    )
    .min(1),
});

type Rule = z.output<typeof labelsSchema>["labels"][number] & { readonly spans: readonly (readonly [number, number])[] };

/**
 * What numbered circuits of a collection are, from a data file: the first entry counts whose `circuits` hold the circuit's
 * number, and where it says so, all of whose `ports` (kinds, such as `VLO`) the circuit has and none of those in `without`.
 */
export class CircuitLabels {
  readonly #rules: readonly Rule[];

  private constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /** Throws `LABELS_UNREADABLE` or `LABELS_INVALID`, naming the file and the key. */
  static async read(file: string): Promise<CircuitLabels> {
    const text = await readFile(file, "utf8").catch((error: unknown) => {
      throw new TopogenieError("LABELS_UNREADABLE", `The labels file ${file} cannot be read: ${String(error)}`);
    });
    const document = parseDocument(text);
    const [problem] = document.errors;
    if (problem !== undefined) throw new TopogenieError("LABELS_INVALID", `${file} is not valid YAML: ${problem.message}`);
    const parsed = labelsSchema.safeParse(document.toJS());
    if (!parsed.success) {
      const lines = schemaProblems(labelsSchema, parsed.error).map(({ path, message }) => `  ${formatPath(path)}: ${message}`);
      throw new TopogenieError("LABELS_INVALID", `${file} is not a labels file:\n${lines.join("\n")}`);
    }
    return new CircuitLabels(parsed.data.labels.map((rule) => ({ ...rule, spans: rule.circuits.map(toSpan) })));
  }

  /** Undefined for a circuit whose name is no number, or that no entry covers. */
  labelOf(circuit: Circuit): string | undefined {
    if (!/^\d+$/.test(circuit.name)) return undefined;
    const number = Number(circuit.name);
    const kinds = new Set(circuit.ports.map(portKind));
    return this.#rules.find(
      ({ spans, ports, without }) =>
        spans.some(([first, last]) => first <= number && number <= last) &&
        ports.every((kind) => kinds.has(kind)) &&
        !without.some((kind) => kinds.has(kind)),
    )?.label;
  }
}

function toSpan(circuits: number | string): readonly [number, number] {
  const [first = 0, last = first] = String(circuits).split("-").map(Number);
  return [first, last];
}

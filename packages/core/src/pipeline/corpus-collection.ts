import { extname, resolve } from "node:path";
import { CircuitLabels } from "../circuit/import/circuit-labels.js";
import { canonicalHash } from "../circuit/canonical/canonical-form.js";
import type { Circuit } from "../circuit/circuit.js";
import { importCircuits } from "../circuit/import/import-circuits.js";
import { checkRules } from "../circuit/rules/index.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { drawSome } from "../runtime/draw-some.js";
import type { ProgressListener } from "../runtime/progress.js";
import { createRng } from "../runtime/rng.js";
import { readCorpus, type CorpusEntry } from "./corpus-entry.js";
import type { CorpusSummary } from "./report-data.js";

export interface CorpusLimits {
  /** Whether a circuit that breaks an electrical rule is left out, or kept and reported. */
  readonly rules: "require" | "report";
  /** Larger circuits are left out. */
  readonly maximumDevices?: number | undefined;
}

/** Circuits with each topology once; knows where each came from and which were left out, and why. */
export class CorpusCollection {
  readonly entries: CorpusEntry[] = [];
  readonly #deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly #limits: CorpusLimits;
  readonly #ids = new Set<string>();
  readonly #sources = new Map<string, number>();
  readonly #rejected: { source: string; line?: number; reason: string }[] = [];

  constructor(deviceTypes: ReadonlyMap<string, DeviceType>, limits: CorpusLimits) {
    this.#deviceTypes = deviceTypes;
    this.#limits = limits;
  }

  add(circuit: Circuit, about: Omit<CorpusEntry, "id" | "circuit">): void {
    this.#sources.set(about.source, (this.#sources.get(about.source) ?? 0) + 1);
    if (circuit.devices.length > (this.#limits.maximumDevices ?? Infinity)) return;
    const violation = checkRules(circuit, this.#deviceTypes)[0];
    if (violation !== undefined) {
      this.reject(`${about.source}: ${circuit.name}`, `${violation.rule}: ${violation.message}`);
      if (this.#limits.rules === "require") return;
    }
    const id = canonicalHash(circuit, this.#deviceTypes);
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    this.entries.push({ id, ...about, circuit });
  }

  reject(source: string, reason: string, line?: number): void {
    this.#rejected.push({ source, reason, ...(line === undefined ? {} : { line }) });
  }

  summary(): CorpusSummary {
    const sources = [...this.#sources].map(([name, circuits]) => ({ name, circuits }));
    return {
      circuits: sources.reduce((sum, source) => sum + source.circuits, 0),
      topologies: this.entries.length,
      sources,
      deviceCounts: this.entries.map((entry) => entry.circuit.devices.length),
      rejected: this.#rejected,
    };
  }
}

/** A file of circuits, with or without one that says what each is. */
export type CorpusImport = string | { readonly path: string; readonly labels?: string | undefined };

/** A family whose seeds are added: all of them, or so many drawn at random. */
export type CorpusFamily =
  string | { readonly name: string; readonly options: Readonly<Record<string, unknown>>; readonly atMost?: number | undefined };

/** Families with their options and the config's key of each. */
export function corpusFamilies(entries: readonly CorpusFamily[]): (Exclude<CorpusFamily, string> & { readonly key: string })[] {
  return entries.map((entry, index) => {
    const key = `corpus.families.${index}`;
    return typeof entry === "string" ? { name: entry, options: {}, key } : { ...entry, key: `${key}.name` };
  });
}

export interface CorpusRequest {
  readonly collection: CorpusCollection;
  readonly host: PluginHost;
  readonly families: readonly CorpusFamily[];
  /** Draws the seeds of a family of which not all are wanted. */
  readonly seed: number;
  /** Folders, archives, netlists or `.jsonl` corpus files. A label found takes the place of the family that a corpus file gives. */
  readonly imports: readonly CorpusImport[];
  /** Imports are relative to this folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/** Adds the seeds of families and the circuits of files, in the order given. */
export async function collectCorpus(request: CorpusRequest): Promise<void> {
  const { collection, host, signal } = request;
  for (const { name, options, atMost, key } of corpusFamilies(request.families)) {
    const family = await host.create("circuit-family", name, options, key);
    const source = `seeds of ${name}`;
    const seeds = family.seeds();
    for (const seed of atMost === undefined ? seeds : drawSome(seeds, atMost, createRng(request.seed).fork(source))) {
      signal.throwIfAborted();
      collection.add(seed.circuit, { source, family: name, title: seed.title, citation: seed.citation });
    }
  }
  for (const entry of request.imports) await collectImport(request, typeof entry === "string" ? { path: entry } : entry);
}

async function collectImport(
  { collection, host, folder, signal, onProgress }: CorpusRequest,
  { path, labels }: Exclude<CorpusImport, string>,
): Promise<void> {
  const absolute = resolve(folder, path);
  const known = labels === undefined ? undefined : await CircuitLabels.read(resolve(folder, labels));
  if (extname(path) === ".jsonl") {
    for await (const { circuit, source, family: written, title, citation } of readCorpus(absolute)) {
      signal.throwIfAborted();
      const family = known?.labelOf(circuit) ?? written;
      collection.add(circuit, {
        source,
        ...(family === undefined ? {} : { family }),
        ...(title === undefined ? {} : { title }),
        ...(citation === undefined ? {} : { citation }),
      });
    }
    return;
  }
  const imported = await importCircuits(absolute, { deviceTypes: await host.deviceTypes(), signal, onProgress });
  for (const circuit of imported.circuits) {
    const family = known?.labelOf(circuit);
    collection.add(circuit, { source: path, ...(family === undefined ? {} : { family }) });
  }
  for (const { file, line, reason } of imported.rejected) collection.reject(file, reason, line);
}

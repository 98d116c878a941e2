import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join, relative, sep } from "node:path";
import type { CircuitLabels } from "../circuit/import/circuit-labels.js";
import { importCircuits } from "../circuit/import/import-circuits.js";
import type { Circuit } from "../circuit/circuit.js";
import type { ResolvedConfig } from "../config/config-schema.js";
import { readAttempt, type Attempt } from "../pipeline/attempt.js";
import { readCorpus } from "../pipeline/corpus-entry.js";
import { readJsonIfThere } from "../pipeline/read-json.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { TopogenieError } from "../runtime/error.js";
import { readJsonLines } from "../runtime/json-lines.js";
import type { ReadAttempt } from "../verification/climb-ladder.js";
import { decodeBipartiteWalk } from "./bipartite-walk.js";
import { isTokenSequence, readTokenSequences } from "./token-sequence.js";

/** An attempt as it was found, with what is known of it beforehand. */
export interface SetAttempt extends ReadAttempt {
  /** Its file, or its number in a run. */
  readonly name: string;
  /** The type of circuit that was asked for. */
  readonly asked?: string;
  /** What a labels file or corpus file says that it is. */
  readonly label?: string;
}

export interface AttemptSet {
  readonly kind: "run" | "corpus file" | "netlists" | "token files";
  readonly attempts: readonly SetAttempt[];
}

export interface ReadSetOptions {
  readonly host: PluginHost;
  /** Of the run, when the set is one. */
  readonly config: ResolvedConfig;
  readonly labels?: CircuitLabels | undefined;
  readonly signal: AbortSignal;
}

/** AnalogGenie's sentences; a scheme of this name reads them. */
const PIN_WALKS = "eulerian";
const inNaturalOrder = new Intl.Collator("en", { numeric: true });

/** Whether a path is the folder of one of our runs. Throws `SET_IS_NO_RUN` for that of a fine-tuning. */
export async function isRun(path: string): Promise<boolean> {
  const resolved = await readJsonIfThere<{ readonly configFile?: string }>(join(path, "resolved.json"));
  if (resolved === undefined) return false;
  if (resolved.configFile === undefined) {
    throw new TopogenieError(
      "SET_IS_NO_RUN",
      `${path} is a fine-tuning, not a run. Its rounds' figures are in its finetuning.json, and so is the checkpoint to generate with: train.from.`,
    );
  }
  return true;
}

/**
 * Reads attempts from a run's folder, a `.jsonl` corpus file, token files (`A->B->…->TRUNCATE`; a folder of `.txt` files, or one
 * with a sequence a line), or netlists (a folder, an archive, a file). What cannot be read is an attempt that failed.
 * Throws `SET_NOT_FOUND`, `SET_EMPTY`, and what {@link importCircuits} throws.
 */
export async function readAttemptSet(path: string, options: ReadSetOptions): Promise<AttemptSet> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new TopogenieError(
      "SET_NOT_FOUND",
      `${path} does not exist. Name a run's folder, a folder or archive of netlists, a .jsonl corpus file or a folder of token files.`,
    );
  }
  const set = await readAny(path, found.isDirectory(), options);
  if (set.attempts.length === 0) throw new TopogenieError("SET_EMPTY", `${path} holds no attempt.`);
  return set;
}

async function readAny(path: string, isFolder: boolean, options: ReadSetOptions): Promise<AttemptSet> {
  if (isFolder && (await isRun(path))) return { kind: "run", attempts: await readRun(path, options) };
  if (extname(path) === ".jsonl") return { kind: "corpus file", attempts: await readCorpusFile(path, options) };
  const texts = await tokenTexts(path, isFolder, options.signal);
  if (texts.length > 0) return { kind: "token files", attempts: await readTokenTexts(texts, options) };
  return { kind: "netlists", attempts: await readNetlists(path, options) };
}

async function readRun(path: string, { host, config, signal }: ReadSetOptions): Promise<SetAttempt[]> {
  const { encode, generate } = config;
  const file = join(path, "4-generate", "attempts.jsonl");
  if ((await stat(file).catch(() => undefined)) === undefined) {
    throw new TopogenieError(
      "SET_EMPTY",
      `The run ${path} has generated nothing yet. Go on with it: topogenie discover --to generate`,
    );
  }
  const scheme = await host.create("tokenization-scheme", encode.scheme, encode.options, "encode.scheme");
  const asked = generate.conditions?.family;
  const attempts: SetAttempt[] = [];
  for await (const attempt of readJsonLines<Attempt>(file)) {
    signal.throwIfAborted();
    attempts.push({
      ...readAttempt(attempt, scheme),
      name: `attempt-${attempt.attempt}`,
      ...(asked === undefined ? {} : { asked }),
    });
  }
  return attempts;
}

async function readCorpusFile(path: string, { labels, signal }: ReadSetOptions): Promise<SetAttempt[]> {
  const attempts: SetAttempt[] = [];
  for await (const { circuit, family } of readCorpus(path)) {
    signal.throwIfAborted();
    attempts.push(labelled(attempts.length, circuit, labels?.labelOf(circuit) ?? family));
  }
  return attempts;
}

async function readNetlists(path: string, { host, labels, signal }: ReadSetOptions): Promise<SetAttempt[]> {
  const { circuits, rejected } = await importCircuits(path, { deviceTypes: await host.deviceTypes(), signal });
  const attempts = circuits.map((circuit, attempt) => labelled(attempt, circuit, labels?.labelOf(circuit)));
  const unread = new Map(rejected.map(({ file, line, reason }) => [file, `${file}:${line}: ${reason}`]));
  for (const [file, message] of unread) {
    attempts.push({ attempt: attempts.length, name: file, failed: { reason: "netlist not readable", message } });
  }
  return attempts;
}

function labelled(attempt: number, circuit: Circuit, label: string | undefined): SetAttempt {
  return { attempt, name: circuit.name, circuit, ...(label === undefined ? {} : { label }) };
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The token sequences of a folder's text files or of one file; none where there are none. */
async function tokenTexts(path: string, isFolder: boolean, signal: AbortSignal): Promise<NamedText[]> {
  if (!isFolder) {
    if (extname(path) !== ".txt") return [];
    const lines = (await readFile(path, "utf8")).split("\n").filter(isTokenSequence);
    return lines.map((text, index) => ({ name: lines.length === 1 ? basename(path) : `${basename(path)}:${index + 1}`, text }));
  }
  const names = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && extname(entry.name) === ".txt")
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort((a, b) => inNaturalOrder.compare(a, b));
  const texts: NamedText[] = [];
  for (const name of names) {
    signal.throwIfAborted();
    const text = await readFile(join(path, name), "utf8");
    if (isTokenSequence(text)) texts.push({ name, text });
  }
  return texts;
}

async function readTokenTexts(texts: readonly NamedText[], { host }: ReadSetOptions): Promise<SetAttempt[]> {
  const deviceTypes = await host.deviceTypes();
  const walks = await host.create("tokenization-scheme", PIN_WALKS, {}, "the reading of token files");
  return readTokenSequences(texts.map(({ text }) => text)).map(({ tokens, ended, asked, form }, attempt) => {
    const name = texts[attempt]?.name ?? "";
    const scheme = form === "pins" ? walks : { decode: (words: readonly string[]) => decodeBipartiteWalk(words, deviceTypes) };
    return { ...readAttempt({ attempt, tokens, ended }, scheme), name, ...(asked === undefined ? {} : { asked }) };
  });
}

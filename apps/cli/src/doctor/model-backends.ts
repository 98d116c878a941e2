import { TopogenieError } from "@topogenie/core";
import { loadPlugins } from "../load-plugins.js";
import type { Session } from "../session.js";
import type { Check, CheckResult } from "./checks.js";

interface Candidate {
  readonly title: string;
  /** As `train` in a config has it. */
  readonly backend: string;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Nothing that is used by default needs it. */
  readonly optional?: true;
}

const candidates: readonly Candidate[] = [
  { title: "model backend onnxruntime", backend: "onnxruntime" },
  {
    title: "model backend onnxruntime on a GPU by WebGPU",
    backend: "onnxruntime",
    options: { provider: "webgpu" },
    optional: true,
  },
  { title: "model backend onnxruntime on a GPU by CUDA", backend: "onnxruntime", options: { provider: "cuda" }, optional: true },
  { title: "model backend tfjs-node-gpu", backend: "tfjs-node-gpu", optional: true },
  { title: "model backend tfjs-node", backend: "tfjs-node", optional: true },
  { title: "model backend tfjs-wasm", backend: "tfjs-wasm" },
];

/** Each backend, made as a run would make it. */
export const modelBackendChecks: readonly Check[] = candidates.map((candidate) => ({
  name: candidate.title,
  run: (session) => tryBackend(session, candidate),
}));

async function tryBackend(session: Session, { backend, options = {}, optional }: Candidate): Promise<CheckResult> {
  const host = await loadPlugins(session);
  try {
    const made = await host.create("model-backend", backend, options, "train.backend");
    const { engine, version, device, threads } = made.capabilities();
    const settings = Object.entries(options).map(([key, value]) => ` --set train.options.${key}=${String(value)}`);
    const use = optional === true ? `; use it with --set train.backend=${backend}${settings.join("")}` : "";
    return { status: "ok", found: `${engine} ${version} on ${device}, ${threads} thread${threads === 1 ? "" : "s"}${use}` };
  } catch (cause) {
    // The process has loaded the other native TensorFlow.js: both are installed.
    if (cause instanceof TopogenieError && cause.code === "MODEL_ENGINE_TAKEN") return { status: "ok", found: "installed" };
    return { status: optional === true ? "optional" : "missing", ...foundAndRemedy(cause) };
  } finally {
    await host.dispose();
  }
}

/** A backend's error says first what is the matter, then what to do. */
function foundAndRemedy(cause: unknown): Pick<CheckResult, "found" | "remedy"> {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [, found = message, remedy = "Install again with: npm ci"] = /^(.*?)\. ([A-Z].*)$/s.exec(message) ?? [];
  return { found, remedy };
}

import { freemem, totalmem } from "node:os";
import { findNgspice } from "@topogenie/simulator-ngspice-native";
import { loadPlugins } from "../load-plugins.js";
import type { Session } from "../session.js";
import { modelBackendChecks } from "./model-backends.js";

export interface CheckResult {
  /** `optional`: not there, and nothing that is used by default needs it. */
  readonly status: "ok" | "optional" | "missing";
  readonly found: string;
  readonly remedy?: string;
}

export interface Check {
  readonly name: string;
  run(session: Session): Promise<CheckResult>;
}

const MINIMUM_NODE: readonly [number, number] = [20, 20];
const NEEDED_MEGABYTES = 3000;

export const checks: readonly Check[] = [
  { name: "Node.js", run: () => Promise.resolve(checkNode(process.versions.node)) },
  { name: "memory", run: () => Promise.resolve(checkMemory(freemem(), totalmem())) },
  { name: "plugins", run: checkPlugins },
  ...modelBackendChecks,
  { name: "simulator ngspice (WebAssembly)", run: checkSimulator },
  { name: "native ngspice", run: checkNativeNgspice },
];

export function checkNode(version: string): CheckResult {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]);
  if (isEnough) return { status: "ok", found: version };
  return { status: "missing", found: version, remedy: `Install Node ${MINIMUM_NODE.join(".")} or later from nodejs.org.` };
}

export function checkMemory(free: number, total: number): CheckResult {
  const found = `${(free / 1e9).toFixed(1)} GB free of ${(total / 1e9).toFixed(1)} GB`;
  if (total / 1e6 >= NEEDED_MEGABYTES) return { status: "ok", found };
  return { status: "missing", found, remedy: "A default run needs 3 GB: lower train.rows and workers." };
}

async function checkPlugins(session: Session): Promise<CheckResult> {
  try {
    const host = await loadPlugins(session);
    await host.dispose();
    return { status: "ok", found: `${host.registry.plugins.length} built-in plugins load` };
  } catch (cause) {
    return { status: "missing", found: message(cause), remedy: "Install again with: npm ci && npm run build" };
  }
}

/** A circuit whose answer is known, simulated. */
async function checkSimulator(session: Session): Promise<CheckResult> {
  try {
    const host = await loadPlugins(session);
    const simulator = await host.create("simulator", "ngspice", {}, "simulator.engine");
    const deck = await simulator.open({
      title: "divider",
      models: [],
      elements: [
        { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 1 } },
        { kind: "resistor", name: "top", nodes: ["a", "b"], values: { r: 1000 } },
        { kind: "resistor", name: "bottom", nodes: ["b", "0"], values: { r: 1000 } },
      ],
    });
    const result = await deck.run({ analyses: [{ kind: "op" }], timeoutMs: 10_000 });
    await deck.close();
    const { engine, version } = simulator.capabilities();
    await host.dispose();
    const analysis = result.status === "ok" ? result.analyses[0] : undefined;
    const volts = analysis?.kind === "op" ? analysis.op.nodes.b : undefined;
    if (volts !== undefined && Math.abs(volts - 0.5) < 1e-6) return { status: "ok", found: `${engine} ${version}` };
    return { status: "missing", found: `a divider of 1 V by two gives ${String(volts)} V`, remedy: "Install again with: npm ci" };
  } catch (cause) {
    return { status: "missing", found: message(cause), remedy: "Install again with: npm ci" };
  }
}

async function checkNativeNgspice(): Promise<CheckResult> {
  try {
    const found = await findNgspice("ngspice");
    return { status: "ok", found: `ngspice ${found}; use it with --set simulator.engine=ngspice-native` };
  } catch {
    return {
      status: "optional",
      found: "not found; the built-in WebAssembly engine is used",
      remedy: "It is faster on long transients: apt-get install ngspice (Debian, Ubuntu) or brew install ngspice (macOS).",
    };
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

import { z } from "zod";
import { elementKinds, type ElementKind } from "../../contracts/deck.js";
import type { AnalysisResult, RunRequest, SimulationResult, Simulator, SimulatorSession } from "../../contracts/simulator.js";
import { guarded } from "./guarded.js";
import { RunWatch } from "./run-watch.js";
import type { Seam } from "./seam.js";
import { expectShape, isArray, isObject } from "./shape.js";

const capabilities = z.looseObject({
  engine: z.string().min(1),
  version: z.string().min(1),
  analyses: z.array(z.enum(["op", "dc", "ac", "tran", "noise"])),
  elements: z.array(z.enum(Object.keys(elementKinds) as [ElementKind, ...ElementKind[]])),
  workers: z.int().min(1),
  notes: z.array(z.string()),
});

const failures = new Set(["parse_error", "unsupported", "singular", "no_convergence", "timeout", "crashed", "unphysical"]);

export function isolatedSimulator(simulator: Simulator, seam: Seam): Simulator {
  expectShape(
    seam,
    "capabilities",
    capabilities,
    seam.call("capabilities", () => simulator.capabilities()),
  );
  const watch = new RunWatch();
  return guarded<Simulator>({
    capabilities: () => seam.call("capabilities", () => simulator.capabilities()),
    open: async (deck) => {
      const session = await seam.answer("open", seam.patience.answerMs, () => simulator.open(deck));
      seam.expect(
        typeof session.run === "function" && typeof session.close === "function",
        "open",
        () => "a session with run() and close() is expected",
      );
      return isolatedSession(session, watch, seam);
    },
    dispose: () => seam.dispose("dispose", () => simulator.dispose()),
  });
}

function isolatedSession(session: SimulatorSession, watch: RunWatch, seam: Seam): SimulatorSession {
  const closed = seam.handOut("session");
  return guarded<SimulatorSession>({
    run: async (request) => {
      const limitMs = request.timeoutMs + seam.patience.answerMs;
      const run = async (): Promise<SimulationResult> => seam.call("run", () => session.run(request));
      let result: SimulationResult;
      try {
        // A limit that is no number is the simulator's to refuse.
        result = await watch.wait(
          Number.isFinite(limitMs) ? limitMs : seam.patience.answerMs,
          () => seam.hangs("run", limitMs),
          run,
        );
      } catch (cause) {
        throw seam.blame("run", cause, request.signal);
      }
      expectResult(result, request, seam);
      return result;
    },
    close: () => {
      closed();
      return seam.dispose("close", () => session.close());
    },
  });
}

function expectResult(result: SimulationResult, { analyses }: RunRequest, seam: Seam): void {
  seam.expect(isObject(result), "run", () => "a result with a status is expected");
  if (result.status !== "ok") {
    const { status, message } = result;
    seam.expect(failures.has(status), "run", () => `there is no status "${status}"`);
    seam.expect(typeof message === "string", "run", () => `the failure "${status}" has no message`);
    return;
  }
  const given = isArray(result.analyses) ? result.analyses : [];
  seam.expect(
    given.length === analyses.length && given.every(({ kind }, index) => kind === analyses[index]?.kind),
    "run",
    () =>
      `results of ${analyses.map(({ kind }) => kind).join(", ")} are expected, not of ${given.map(({ kind }) => kind).join(", ") || "nothing"}`,
  );
  for (const analysis of given) expectWhole(analysis, seam);
}

/** Every curve has a value for every point. */
function expectWhole(analysis: AnalysisResult, seam: Seam): void {
  if (analysis.kind === "op") {
    seam.expect(isObject(analysis.op) && isObject(analysis.op.nodes), "run", () => "the operating point has no nodes");
    return;
  }
  const points = analysis.x.length;
  const fits = (curve: Float64Array | undefined): boolean => curve?.length === points;
  if (analysis.kind === "noise") {
    seam.expect(fits(analysis.output) && fits(analysis.input), "run", () => `the noise does not have ${points} points`);
    return;
  }
  const vectors: Readonly<Record<string, Float64Array | { readonly re: Float64Array; readonly im: Float64Array }>> =
    analysis.vectors;
  for (const [name, vector] of Object.entries(vectors)) {
    const whole = vector instanceof Float64Array ? fits(vector) : fits(vector.re) && fits(vector.im);
    seam.expect(whole, "run", () => `the vector "${name}" of ${analysis.kind} does not have ${points} points`);
  }
}

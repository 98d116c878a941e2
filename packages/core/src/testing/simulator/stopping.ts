import type { RunRequest, Simulator, SimulatorCapabilities } from "../../contracts/simulator.js";
import { promise } from "../conformance-check.js";
import { divider } from "./linear-circuits.js";
import {
  near,
  PATIENT_MS,
  rejection,
  resultOf,
  simulatorCheck,
  withSession,
  type SharedSimulator,
  type SimulatorCheck,
} from "./with-session.js";

const op: RunRequest = { analyses: [{ kind: "op" }], timeoutMs: PATIENT_MS };

/** A run far longer than any check waits, by what the simulator can do; undefined where it can only answer at once. */
function endlessRun({ analyses }: SimulatorCapabilities): RunRequest | undefined {
  if (analyses.includes("tran")) {
    return { analyses: [{ kind: "tran", stepS: 1, stopS: 1, maxStepS: 3e-7 }], timeoutMs: PATIENT_MS };
  }
  if (analyses.includes("ac")) {
    return { analyses: [{ kind: "ac", pointsPerDecade: 300_000, startHz: 1, stopHz: 1e16 }], timeoutMs: PATIENT_MS };
  }
  return undefined;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Timeout, abort, close and dispose, wherever a run is. */
export function stopping(shared: SharedSimulator): readonly SimulatorCheck[] {
  const check = (name: string, body: (simulator: Simulator, endless: RunRequest) => Promise<void>): SimulatorCheck => ({
    name,
    applies: (able) => endlessRun(able) !== undefined,
    run: async () => {
      const simulator = await shared.get();
      await body(simulator, endlessRun(simulator.capabilities()) ?? op);
    },
  });
  return [
    check("a run that takes too long ends as a timeout, on time", async (simulator, endless) => {
      await withSession(simulator, divider, async (session) => {
        await session.run(op);
        const started = performance.now();
        const result = await session.run({ ...endless, timeoutMs: 300 });
        const elapsedMs = performance.now() - started;
        promise(result.status === "timeout", `it ended as ${result.status}`);
        promise(elapsedMs > 290 && elapsedMs < 1300, `it ended after ${elapsedMs} ms instead of 300`);
        near("divider output afterwards", resultOf(await session.run(op), "op").op.nodes.b, 2, 1e-9);
      });
    }),
    check("an abort rejects within 50 ms with the signal's reason, and the next run is right", async (simulator, endless) => {
      await withSession(simulator, divider, async (session) => {
        await session.run(op);
        const controller = new AbortController();
        const reason = new Error("the user has had enough");
        const pending = rejection("an aborted run", session.run({ ...endless, signal: controller.signal }));
        await delay(100);
        const aborted = performance.now();
        controller.abort(reason);
        promise((await pending) === reason, "the rejection is not the signal's reason");
        const elapsedMs = performance.now() - aborted;
        promise(elapsedMs < 50, `the abort took ${elapsedMs} ms`);
        near("divider output afterwards", resultOf(await session.run(op), "op").op.nodes.b, 2, 1e-9);
      });
    }),
    check("a run whose signal has aborted, or aborts while it waits its turn, never starts", async (simulator, endless) => {
      await withSession(simulator, divider, async (session) => {
        const gone = AbortSignal.abort(new Error("gone"));
        await rejection("a run with an aborted signal", session.run({ ...op, signal: gone }));
        const controller = new AbortController();
        const workers = simulator.capabilities().workers;
        const busy = Array.from({ length: workers }, () => session.run({ ...endless, timeoutMs: 1500 }));
        const waiting = rejection("a waiting run", session.run({ ...op, signal: controller.signal }));
        const next = session.run(op);
        controller.abort(new Error("no longer wanted"));
        await waiting;
        near("the run after it in the queue", resultOf(await next, "op").op.nodes.b, 2, 1e-9);
        for (const result of await Promise.all(busy))
          promise(result.status === "timeout", `a busy run ended as ${result.status}`);
      });
    }),
    check("closing a session rejects its runs and leaves others alone", async (simulator, endless) => {
      const other = await simulator.open(divider);
      const session = await simulator.open(divider);
      const pending = rejection("a run under way", session.run(endless));
      await delay(50);
      await session.close();
      await pending;
      await rejection("a run after close", session.run(op));
      near("another session", resultOf(await other.run(op), "op").op.nodes.b, 2, 1e-9);
    }),
    check("dispose rejects what is under way and may be called twice", async (simulator, endless) => {
      const session = await simulator.open(divider);
      const pending = rejection("a run under way", session.run(endless));
      await delay(50);
      await simulator.dispose();
      await pending;
      await rejection("a run after dispose", session.run(op));
    }),
    simulatorCheck(shared, "dispose may be called again, and nothing runs afterwards", {}, async (simulator) => {
      await simulator.dispose();
      await simulator.dispose();
      const late = async (): Promise<unknown> => (await simulator.open(divider)).run(op);
      await rejection("a run of a simulator that was disposed of", late());
    }),
  ];
}

import { describe, expect, it } from "vitest";
import { EnginePool, type PoolOutcome, type PoolSettings } from "../../src/spice/engine-pool.js";
import { EngineDied, type EngineAnswer, type EngineJob, type SpiceEngine } from "../../src/spice/spice-engine.js";

/** Counts what a pool does with its engines. */
class Workshop {
  started = 0;
  killed = 0;
  /** Jobs under way now, and at most so far, in any one engine and in all. */
  busy = 0;
  mostBusy = 0;
  mostInOneEngine = 0;
  memoryBytes = 0;
  readonly jobs: string[] = [];

  readonly start = (): Promise<SpiceEngine> => {
    this.started++;
    let own = 0;
    return Promise.resolve({
      execute: async (job: EngineJob): Promise<EngineAnswer> => {
        this.jobs.push(job.commands.join());
        this.busy++;
        own++;
        this.mostBusy = Math.max(this.mostBusy, this.busy);
        this.mostInOneEngine = Math.max(this.mostInOneEngine, own);
        await new Promise((resolve) => setTimeout(resolve, 1));
        this.busy--;
        own--;
        if (job.commands.includes("die")) throw new EngineDied("gone");
        return { log: "", files: new Map(), memoryBytes: this.memoryBytes };
      },
      kill: () => {
        this.killed++;
        return Promise.resolve();
      },
    });
  };
}

function poolOf(workshop: Workshop, settings: Partial<PoolSettings> = {}): EnginePool<object> {
  return new EnginePool({ size: 2, recycleAfterRuns: 1000, memoryLimitBytes: 1e9, ...settings }, workshop.start, () => ({}));
}

function ask(pool: EnginePool<object>, command: string, signal?: AbortSignal): Promise<PoolOutcome<void>> {
  return pool.run({
    timeoutMs: 5000,
    signal,
    closed: new AbortController().signal,
    suits: () => false,
    work: async (seat) => {
      await seat.execute({ write: [], commands: [command], read: [] });
    },
  });
}

describe("EnginePool", () => {
  it("gives each engine one job at a time, however many are asked at once, in the order of asking", async () => {
    const workshop = new Workshop();
    const pool = poolOf(workshop);
    const commands = Array.from({ length: 50 }, (_, index) => String(index));
    await Promise.all(commands.map((command) => ask(pool, command)));
    expect(workshop.jobs).toEqual(commands);
    expect(workshop).toMatchObject({ started: 2, mostBusy: 2, mostInOneEngine: 1 });
    await pool.dispose();
    expect(workshop.killed).toBe(2);
  });

  it("starts no engine before it is needed, and no more than are", async () => {
    const workshop = new Workshop();
    const pool = poolOf(workshop, { size: 8 });
    expect(workshop.started).toBe(0);
    for (const command of ["a", "b", "c"]) await ask(pool, command);
    expect(workshop.started).toBe(1);
    await pool.dispose();
  });

  it("replaces an engine after so many runs", async () => {
    const workshop = new Workshop();
    const pool = poolOf(workshop, { size: 1, recycleAfterRuns: 10 });
    for (let run = 0; run < 95; run++) expect(await ask(pool, "op")).toMatchObject({ kind: "done" });
    expect(workshop).toMatchObject({ started: 10, killed: 9 });
    await pool.dispose();
  });

  it("replaces an engine that has grown too large, and only such a one", async () => {
    const workshop = new Workshop();
    const pool = poolOf(workshop, { size: 1, memoryLimitBytes: 1000 });
    workshop.memoryBytes = 1000;
    for (let run = 0; run < 5; run++) await ask(pool, "op");
    expect(workshop.started).toBe(1);
    workshop.memoryBytes = 1001;
    await ask(pool, "op");
    await ask(pool, "op");
    expect(workshop).toMatchObject({ started: 2, killed: 2 });
    await pool.dispose();
  });

  it("replaces an engine that died, and says so", async () => {
    const workshop = new Workshop();
    const pool = poolOf(workshop, { size: 1 });
    expect(await ask(pool, "die")).toEqual({ kind: "died", message: "gone" });
    expect(await ask(pool, "op")).toMatchObject({ kind: "done" });
    expect(workshop.started).toBe(2);
    await pool.dispose();
  });

  it("takes a run that aborts out of the queue, and starts the next", async () => {
    const workshop = new Workshop();
    const pool = poolOf(workshop, { size: 1 });
    const controller = new AbortController();
    const first = ask(pool, "first");
    const second = ask(pool, "second", controller.signal);
    const third = ask(pool, "third");
    controller.abort(new Error("no longer wanted"));
    await expect(second).rejects.toThrow("no longer wanted");
    await Promise.all([first, third]);
    expect(workshop.jobs).toEqual(["first", "third"]);
    await pool.dispose();
    await expect(ask(pool, "late")).rejects.toMatchObject({ code: "SIMULATOR_DISPOSED" });
  });
});

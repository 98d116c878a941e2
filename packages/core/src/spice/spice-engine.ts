/** Commands for one engine, the files to write before them and those to read and remove after them. */
export interface EngineJob {
  readonly write: readonly { readonly path: string; readonly text: string }[];
  readonly commands: readonly string[];
  readonly read: readonly string[];
}

export interface EngineAnswer {
  /** Everything that the engine printed during this job. */
  readonly log: string;
  /** Those of {@link EngineJob.read} that exist. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What the engine occupies; undefined when it cannot tell. */
  readonly memoryBytes: number | undefined;
}

/**
 * One running ngspice, whatever it runs in. One job at a time. Idle engines must not keep the process alive.
 * File paths are names without folders; each engine has a private place for them.
 */
export interface SpiceEngine {
  /** Rejects with {@link EngineDied} when the engine ends before it has answered. */
  execute(job: EngineJob): Promise<EngineAnswer>;
  /** Ends the engine, whatever it is doing; resolves when nothing of it is left. */
  kill(): Promise<void>;
}

/** The engine ended by itself; the message holds its last words. */
export class EngineDied extends Error {
  override readonly name = "EngineDied";
}

export type StartEngine = () => Promise<SpiceEngine>;

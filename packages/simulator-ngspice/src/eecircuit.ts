import { Simulation } from "eecircuit-engine";

/** The part of Emscripten's file system that is used. Paths are in the engine's own memory, never on the host. */
export interface EngineFiles {
  writeFile(path: string, text: string): void;
  readFile(path: string): Uint8Array;
  unlink(path: string): void;
  analyzePath(path: string): { readonly exists: boolean };
}

interface EngineModule {
  readonly FS: EngineFiles;
  setGetInput(nextCommand: () => string): void;
  setHandleThings(handle: undefined): void;
}

/** What is used of eecircuit-engine 1.8.0 beyond its declared types. The version is pinned; {@link startEecircuit} checks. */
interface SimulationInternals {
  info: string;
  continueRun(): void;
}

export interface Eecircuit {
  readonly files: EngineFiles;
  /** What the engine has printed since the last call. */
  takeLog(): string;
  /** Of the WebAssembly memory, which grows and never shrinks, in bytes. */
  memoryBytes(): number;
  /** Hands the engine's command line over; from then on it asks `nextCommand` for every command and lives in that loop. */
  run(nextCommand: () => string): void;
}

/**
 * Starts ngspice and stops before its first command. eecircuit-engine's own loop (`runSim`) always sources one file and
 * runs it, returns stale files as results and waits for ever after some errors; so it is used only to load the
 * WebAssembly, and the command line is driven from here.
 */
export async function startEecircuit(): Promise<Eecircuit> {
  const simulation = new Simulation();
  const memory = await memoryOfNextInstance(() => simulation.start());
  const module = simulation.__getSpiceModuleForTests() as EngineModule | null;
  const internals = simulation as unknown as SimulationInternals;
  if (
    module === null ||
    typeof module.setGetInput !== "function" ||
    typeof module.setHandleThings !== "function" ||
    typeof internals.continueRun !== "function" ||
    typeof internals.info !== "string"
  ) {
    throw new Error("eecircuit-engine is not the version that this package was written for (1.8.0)");
  }
  return {
    files: module.FS,
    takeLog: () => {
      const log = internals.info;
      internals.info = "";
      simulation.getError().length = 0;
      return log;
    },
    memoryBytes: () => memory.buffer.byteLength,
    run: (nextCommand) => {
      module.setGetInput(nextCommand);
      module.setHandleThings(undefined);
      internals.continueRun();
    },
  };
}

/** The part of the global `WebAssembly` that is used; Node's own types leave it out. */
interface WebAssemblyGlobal {
  instantiate: Instantiate;
  instantiateStreaming: Instantiate;
}

type Instantiate = (
  ...parts: readonly unknown[]
) => Promise<{ readonly instance?: { readonly exports: Record<string, unknown> } }>;

interface EngineMemory {
  readonly buffer: ArrayBuffer;
}

/** The engine keeps its memory to itself, and no statistic of Node counts it; so it is caught where it is made. */
async function memoryOfNextInstance(start: () => Promise<void>): Promise<EngineMemory> {
  const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WebAssemblyGlobal };
  const { instantiate, instantiateStreaming } = wasm;
  let memory: EngineMemory | undefined;
  const watched =
    (original: Instantiate): Instantiate =>
    async (...parts) => {
      const made = await original(...parts);
      memory = made.instance?.exports.memory as EngineMemory | undefined;
      return made;
    };
  wasm.instantiate = watched(instantiate);
  wasm.instantiateStreaming = watched(instantiateStreaming);
  try {
    await start();
  } finally {
    Object.assign(wasm, { instantiate, instantiateStreaming });
  }
  if (!(memory?.buffer instanceof ArrayBuffer)) throw new Error("eecircuit-engine made no memory that can be watched");
  return memory;
}

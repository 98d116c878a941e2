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
  await simulation.start();
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
    run: (nextCommand) => {
      module.setGetInput(nextCommand);
      module.setHandleThings(undefined);
      internals.continueRun();
    },
  };
}

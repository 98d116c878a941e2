import { API_VERSION, definePlugin, NgspiceSimulator, provide } from "@topogenie/core";
import { z } from "zod";
import { EecircuitEngine } from "./eecircuit-engine.js";

const options = z.strictObject({
  /** Engines at once; the run's number of workers unless given. */
  workers: z.int().min(1).max(256).optional(),
  /** An engine is replaced after so many runs. */
  recycleAfterRuns: z.int().min(1).default(20_000),
  /** An engine is replaced when its WebAssembly memory grows beyond this; it starts at 17. */
  memoryLimitMegabytes: z.int().min(64).default(256),
});

export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/simulator-ngspice",
  version: "0.1.0",
  provides: [
    provide({
      kind: "simulator",
      name: "ngspice",
      description: "ngspice 45 in WebAssembly: nothing to install, cannot reach the host",
      options,
      create: ({ workers, recycleAfterRuns, memoryLimitMegabytes }, context) =>
        new NgspiceSimulator(
          { engine: "ngspice (WebAssembly, eecircuit-engine 1.8.0)", version: "45.2" },
          { size: workers ?? context.workers, recycleAfterRuns, memoryLimitBytes: memoryLimitMegabytes * 2 ** 20 },
          () => EecircuitEngine.start(),
        ),
    }),
  ],
});

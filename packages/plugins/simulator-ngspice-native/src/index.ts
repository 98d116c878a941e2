import { API_VERSION, definePlugin, NgspiceSimulator, provide } from "@topogenie/core";
import { z } from "zod";
import { findNgspice } from "./find-ngspice.js";
import { NgspiceProcess } from "./ngspice-process.js";

export { findNgspice };

const options = z.strictObject({
  /** Name or path of the ngspice executable. */
  command: z.string().min(1).default("ngspice"),
  /** Processes at once; the run's number of workers unless given. */
  workers: z.int().min(1).max(256).optional(),
  /** A process is replaced after so many runs. */
  recycleAfterRuns: z.int().min(1).default(20_000),
  /** A process is replaced when it occupies more. */
  memoryLimitMegabytes: z.int().min(32).default(512),
});

export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/simulator-ngspice-native",
  version: "0.1.0",
  provides: [
    provide({
      kind: "simulator",
      name: "ngspice-native",
      description: "An ngspice installed on this machine, in processes of its own: the fastest",
      options,
      create: async ({ command, workers, recycleAfterRuns, memoryLimitMegabytes }, context) => {
        const version = await findNgspice(command);
        return new NgspiceSimulator(
          { engine: "ngspice (native)", version },
          { size: workers ?? context.workers, recycleAfterRuns, memoryLimitBytes: memoryLimitMegabytes * 2 ** 20 },
          () => NgspiceProcess.start(command),
        );
      },
    }),
  ],
});

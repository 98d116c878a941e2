import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { timedBackend } from "./timed-backend.js";

export { timedBackend };

const options = z.strictObject({
  backend: z.string().min(1).default("onnxruntime").describe("The backend that does the work."),
  options: z.record(z.string(), z.unknown()).default({}).describe("Its options."),
});

export default definePlugin({
  apiVersion: API_VERSION,
  name: "topogenie-plugin-timed",
  version: "0.1.0",
  provides: [
    provide({
      kind: "model-backend",
      name: "timed",
      description: "Another backend, which says at the end where the time went",
      options,
      create: async (chosen, context) =>
        timedBackend(await context.use("model-backend", chosen.backend, chosen.options), context.logger),
    }),
  ],
});

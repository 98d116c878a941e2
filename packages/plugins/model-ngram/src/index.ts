import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { NgramBackend } from "./ngram-backend.js";

export { NgramBackend };

export const ngramOptions = z.strictObject({
  order: z.int().min(1).max(8).default(4).describe("Tokens that are looked at together: the next one and those just before it."),
});

/** Plain baselines that any language model must beat, under the same scheme and grammar. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/model-ngram",
  version: "0.1.0",
  provides: [
    provide({
      kind: "model-backend",
      name: "ngram",
      description: "Counts which token follows the few before it, and no more: the plain autoregressive baseline.",
      options: ngramOptions,
      create: ({ order }) => new NgramBackend(order),
    }),
    provide({
      kind: "model-backend",
      name: "uniform",
      description: "Learns nothing: puts devices together at random, as the grammar allows.",
      options: z.strictObject({}),
      create: () => new NgramBackend(0),
    }),
  ],
});

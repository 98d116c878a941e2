import { pathOption } from "@topogenie/core";
import { z } from "zod";

export const rlOptions = z.strictObject({
  policy: pathOption()
    .optional()
    .describe(
      "Folder of a trained policy, as topogenie train-sizing writes it, relative to where the command is started. " +
        "Without one a study begins from the given points alone.",
    ),
  proposals: z
    .int()
    .min(0)
    .default(16)
    .describe("Sizings that a trained policy begins a study with; at most a quarter of the budget."),
  temperature: z
    .number()
    .positive()
    .default(0.8)
    .describe("How freely the policy draws its proposals; the first is its likeliest sizing whatever this is."),
  search: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Sizing optimizer that goes on from the policy's proposals. Default: natural policy gradient on this circuit alone.",
    ),
  population: z.int().min(4).optional().describe("Points a generation of the search. Default: 4 + 3 ln(number of variables)."),
  sigma: z
    .number()
    .positive()
    .max(1)
    .default(0.2)
    .describe("First standard deviation of the search, as a part of a variable's range."),
  backend: z.string().min(1).default("onnxruntime").describe("Model backend of the policy's network."),
  layers: z.int().min(1).default(2),
  heads: z.int().min(1).default(4),
  width: z.int().min(8).default(64),
  context: z
    .int()
    .min(16)
    .default(384)
    .describe("Longest circuit, in words: about ten a device. What lies beyond keeps its default."),
  steps: z.int().min(1).default(150).describe("Training steps each time that the policy learns from a round of studies."),
  rows: z.int().min(1).default(2).describe("Rows of a training batch, each of as many words as the context."),
  learningRate: z.number().positive().default(3e-3),
  kept: z.int().min(1).default(16).describe("Best sizings of each circuit from which the policy learns."),
});

export type RlOptions = z.output<typeof rlOptions>;

import { availableParallelism } from "node:os";
import { z } from "zod";
import { finetuneSchema } from "./finetune-schema.js";
import { gptConfigSchema, type ResolvedGptConfig } from "../language-model/gpt-parameters.js";
import { learningRateSchema } from "../language-model/learning-rate.js";

const share = z.number().min(0).max(1);
const count = z.number().int().positive();
const name = z.string().min(1);
const options = z.record(z.string(), z.unknown()).default({});

const corpus = z
  .strictObject({
    families: z
      .array(
        z.union([
          name,
          z.strictObject({
            name,
            options: options.describe("Of the family; departures draws more seeds of it than it does by itself."),
            atMost: count.optional().describe("So many of its seeds, drawn at random by the run's seed."),
          }),
        ]),
      )
      .default(["opamp"])
      .describe("Circuit families whose seed topologies are in the corpus."),
    imports: z
      .array(
        z.union([
          z.string().min(1),
          z.strictObject({
            path: z.string().min(1),
            labels: z.string().min(1).optional().describe("File that says what numbered circuits are."),
          }),
        ]),
      )
      .default([])
      .describe("Circuits to add: a folder, .tar.gz, netlist or .jsonl file, relative to the config file."),
    maximumDevices: count.optional().describe("Larger circuits are left out."),
    rules: z
      .enum(["require", "report"])
      .default("require")
      .describe("What to do with a circuit that breaks an electrical rule: leave it out, or keep it and report it."),
  })
  .prefault({});

const encode = z
  .strictObject({
    scheme: name.default("eulerian").describe("Tokenization scheme."),
    options,
    walks: count.default(4).describe("Sentences of each training circuit that are written down; see train.walks."),
    validation: share.default(0.1).describe("Share of the topologies kept for validation."),
    conditions: z
      .array(z.enum(["family", "deviceCount"]))
      .default([])
      .describe("What is written before each circuit, so that the model can be asked for it in generate.conditions."),
    ports: z
      .enum(["corpus", "families"])
      .default("corpus")
      .describe(
        "Ports that there are words for: those of the corpus's circuits, or also those of every family that is loaded, so that " +
          "generate.conditions.ports can ask for ports that no circuit of the corpus has.",
      ),
    conditionDropout: share
      .default(0.2)
      .describe("Share of the sentences that leave out each condition, so that the model can also write without it."),
  })
  .prefault({});

/** The network that is trained unless another is asked for: small enough to train in two minutes on two cores. */
export const defaultNetwork = {
  layers: 4,
  heads: 4,
  width: 128,
  context: 768,
  dropout: 0,
  norm: "layer",
  positions: "learned",
  activation: "relu",
  qkNorm: false,
  tiedHead: false,
} as const satisfies Omit<ResolvedGptConfig, "vocabularySize">;

const { shape: network } = gptConfigSchema.omit({ vocabularySize: true });
const unlessGiven = <S extends z.ZodType>(schema: S, key: keyof typeof defaultNetwork): z.ZodExactOptional<S> =>
  schema.exactOptional().meta({ default: defaultNetwork[key] });

/** No default is filled in: what is not given is as in the checkpoint to begin from, or as in {@link defaultNetwork}. */
const model = z
  .strictObject({
    layers: unlessGiven(network.layers, "layers"),
    heads: unlessGiven(network.heads, "heads"),
    width: unlessGiven(network.width, "width"),
    context: unlessGiven(network.context, "context").describe("Longest sentence, in tokens, start and end included."),
    dropout: unlessGiven(network.dropout, "dropout"),
    norm: unlessGiven(network.norm.unwrap(), "norm"),
    positions: unlessGiven(network.positions.unwrap(), "positions"),
    activation: unlessGiven(network.activation.unwrap(), "activation"),
    qkNorm: unlessGiven(network.qkNorm.unwrap(), "qkNorm"),
    tiedHead: unlessGiven(network.tiedHead.unwrap(), "tiedHead"),
  })
  .describe("With train.from: as the checkpoint's network unless given, and then it must be the same, save for dropout.")
  .prefault({});

const schedule = learningRateSchema
  .extend({ peak: z.number().positive().default(2e-3), warmupSteps: z.int().min(0).default(20) })
  .prefault({});

/** AdamW. */
const optimizer = z
  .strictObject({
    weightDecay: z.number().nonnegative().default(0.1),
    beta1: share.default(0.9),
    beta2: share.default(0.95),
    epsilon: z.number().positive().default(1e-8),
    clipNorm: z.number().positive().default(1),
  })
  .prefault({});

const ema = z
  .strictObject({
    decay: z.number().gt(0).lt(1).default(0.999).describe("Share of the average that a step leaves as it was."),
    every: count.default(10).describe("Steps between two updates of the average."),
  })
  .optional()
  .describe("Keeps a moving average of the weights, which is then validated and writes the circuits; off unless given.");

const train = z
  .strictObject({
    backend: name.default("onnxruntime").describe("Model backend."),
    options,
    from: name
      .optional()
      .describe(
        "Begin with this checkpoint: a package that has one, such as @topogenie/pretrained, or ./FOLDER of a checkpoint or of a " +
          "run, relative to the config file. Its vocabulary is used.",
      ),
    model,
    rows: count.default(4).describe("Rows of a batch."),
    length: count.optional().describe("Tokens of a row; the model's context unless given."),
    steps: z.int().min(0).default(300).describe("0, with train.from: use the checkpoint as it is."),
    walks: z
      .enum(["fresh", "written"])
      .default("fresh")
      .describe(
        "Sentences of an epoch after the first encode.walks ones: fresh, new ones drawn in a worker thread; or the written ones again.",
      ),
    minutes: z
      .number()
      .positive()
      .optional()
      .describe("Stop after this time although steps are left. The run is then no longer repeatable."),
    processorMinutes: z
      .number()
      .positive()
      .optional()
      .describe("The same by processor time, of all threads together, so that other work on the machine takes nothing from it."),
    schedule,
    optimizer,
    ema,
    evaluateEvery: count.default(50),
    checkpointEvery: count.default(50),
    patience: z.int().min(0).default(0).describe("Validations without a better loss after which training ends; 0: never."),
  })
  .prefault({});

const generate = z
  .strictObject({
    source: z
      .enum(["model", "composition"])
      .default("model")
      .describe(
        "model: sentences of the trained model. composition, a plain baseline: whole blocks of the training circuits, joined at " +
          "random; nothing is trained, and of the other keys only attempts counts.",
      ),
    attempts: count.default(100),
    rows: count.default(32).describe("Sentences written at once. Has no influence on what is written."),
    temperature: z.number().nonnegative().default(0.8).describe("0: always the likeliest token."),
    topK: z.int().min(0).default(0).describe("Only the k likeliest tokens; 0: all."),
    topP: share.default(1).describe("Only the likeliest tokens that together have this probability."),
    maxTokens: count.optional().describe("Longest sentence; the model's context unless given."),
    grammar: z.boolean().default(true).describe("Allow only tokens that the scheme's grammar allows."),
    conditions: z
      .strictObject({
        family: name
          .exactOptional()
          .describe(
            "A family of the corpus; needs encode.conditions: [family]. Where a plugin provides the family, the ports that it " +
              "needs are forced, and no others than it may have are allowed; unless `ports` says which.",
          ),
        deviceCount: z
          .union([count, z.strictObject({ atMost: count })])
          .exactOptional()
          .describe(
            "Exactly so many devices, or { atMost: … }. The grammar keeps to either; only an exact number is also told to the model.",
          ),
        ports: z.array(name).exactOptional().describe("Exactly these ports; VSS is always among them."),
      })
      .optional()
      .describe("What the circuits must be. Which of these a scheme knows, its own description says."),
  })
  .prefault({});

const simulator = z
  .strictObject({
    engine: name.default("ngspice").describe("Simulator."),
    options,
  })
  .prefault({});

const models = z
  .strictObject({
    library: z.string().min(1).describe("A SPICE library file, relative to the config file."),
    section: name.optional().describe("The section of the library (.lib NAME … .endl), for example a corner."),
    map: z
      .record(z.string(), name)
      .refine((map) => Object.keys(map).length > 0, "map at least one device type to a model")
      .describe("Device type to the name of a model in the library. Logic blocks take the models of nmos4 and pmos4."),
  })
  .optional()
  .describe("Transistor models of your own instead of the built-in ones.");

const verify = z
  .strictObject({
    timeoutMs: count
      .default(10_000)
      .describe(
        "Longest time of one operating point. Far above what any circuit needs, so that a busy machine changes no result.",
      ),
    supplyVolts: z.number().positive().default(1.8).describe("Supply of the operating point that makes a circuit simulatable."),
  })
  .prefault({});

const constraint = z.strictObject({ measurement: name, atLeast: z.number().optional(), atMost: z.number().optional() });

/** Of `sizing` and of a comparison. */
export const firstGuessSetting = z
  .enum(["default", "gm-id"])
  .default("default")
  .describe(
    "Where a sizing begins: default sizes alone, or also sizes and biases from gm/ID tables simulated from the transistors' own " +
      "models. Its operating points are taken from the budget.",
  );

const sizing = z
  .strictObject({
    optimizer: name.default("ga").describe("Sizing optimizer."),
    options,
    family: name.default("opamp").describe("Circuit family whose testbench and figure of merit are used."),
    familyOptions: z.record(z.string(), z.unknown()).default({}),
    rung: z
      .enum(["simulatable", "unique", "novel"])
      .default("novel")
      .describe("Rung of the ladder that a circuit must have passed to be sized."),
    circuits: count.default(6).describe("How many of the circuits that passed the ladder are sized with the full budget."),
    screening: count.default(40).describe("Simulations spent on each candidate to choose those circuits."),
    candidates: count.default(24).describe("How many circuits that passed the ladder are screened, in order of generation."),
    simulations: count.default(300).describe("Simulations for each chosen circuit."),
    seconds: z
      .number()
      .positive()
      .optional()
      .describe("Stop a sizing after this time although simulations are left. The run is then no longer repeatable."),
    batch: count.default(16).describe("Candidates asked for at once."),
    firstGuess: firstGuessSetting,
    specification: z.array(constraint).optional().describe("Replaces the family's default specification."),
    objectives: z
      .array(name)
      .min(1)
      .default(["figureOfMerit"])
      .describe(
        "What to better once the specification is met: figureOfMerit or measurements of the family. With several, which the " +
          "optimizer must take, the Pareto front is written too; the first decides which sizing is the best.",
      ),
  })
  .prefault({});

/** Everything that a run can be told. Unknown keys are errors; every key has a default. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  tag: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "a tag is letters, digits, dots, - and _")
    .default("discover")
    .describe("Name of the run's folder."),
  runs: z.string().min(1).default("runs").describe("Folder of all runs, relative to where the command is started."),
  seed: z.number().int().nonnegative().default(1),
  workers: count
    .default(Math.min(availableParallelism(), 8))
    .describe("Simulations that run at once. Has no influence on results."),
  plugins: z
    .array(z.string().min(1))
    .default([])
    .describe("npm packages or files that add plugins; built-in ones need no mention."),
  corpus,
  encode,
  train,
  generate,
  simulator,
  models,
  verify,
  sizing,
  finetune: finetuneSchema,
});

/** A config as users write it. */
export type Config = z.input<typeof configSchema>;

/** A config with every default filled in. */
export type ResolvedConfig = z.output<typeof configSchema>;

/** Gives a `topogenie.config.ts` its types. */
export function defineConfig(config: Config): Config {
  return config;
}

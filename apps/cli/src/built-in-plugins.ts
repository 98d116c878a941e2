import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { PluginSource } from "@topogenie/core";

/** The plugins that come with the command. They are found and checked like any other. */
export const builtInPlugins: PluginSource = {
  specifiers: [
    "@topogenie/devices-mos",
    "@topogenie/devices-bipolar",
    "@topogenie/devices-passive",
    "@topogenie/devices-logic",
    "@topogenie/family-bandgap",
    "@topogenie/family-cmos-logic",
    "@topogenie/family-comparator",
    "@topogenie/family-ldo",
    "@topogenie/family-lna",
    "@topogenie/family-mixer",
    "@topogenie/family-opamp",
    "@topogenie/family-pa",
    "@topogenie/family-pll",
    "@topogenie/family-power-converter",
    "@topogenie/family-sampler",
    "@topogenie/family-vco",
    "@topogenie/tokenizer",
    "@topogenie/scheme-netlist",
    "@topogenie/scheme-eulerian-compact",
    "@topogenie/scheme-bipartite",
    "@topogenie/model",
    "@topogenie/model-tfjs",
    "@topogenie/model-ngram",
    "@topogenie/simulator-ngspice",
    "@topogenie/simulator-ngspice-native",
    "@topogenie/sizing-ga",
    "@topogenie/sizing-bayes",
    "@topogenie/sizing-nsga2",
    "@topogenie/sizing-cmaes",
    "@topogenie/sizing-random",
    "@topogenie/sizing-rl",
  ],
  folder: dirname(fileURLToPath(import.meta.url)),
  file: "the topogenie package",
};

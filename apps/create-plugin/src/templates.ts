import type { PluginKind } from "@topogenie/core";

/** What a kind's template holds. Its files lie in `templates/KIND`. */
export interface Template {
  readonly title: string;
  /** The name of its example, which the new plugin's name takes the place of. */
  readonly example: string;
  /** Packages of the project that its tests need, beside core. */
  readonly beside: readonly string[];
}

export const templates: Readonly<Record<PluginKind, Template>> = {
  "device-type": { title: "Device type (a thyristor)", example: "thyristor", beside: [] },
  "circuit-family": {
    title: "Circuit family (current mirrors)",
    example: "current-mirror",
    beside: ["@topogenie/devices-mos", "@topogenie/devices-passive"],
  },
  "tokenization-scheme": { title: "Tokenization scheme (depth first)", example: "depth-first", beside: [] },
  "model-backend": { title: "Model backend (one that times another)", example: "timed", beside: ["@topogenie/model"] },
  simulator: { title: "Simulator (of linear networks)", example: "linear", beside: [] },
  "sizing-optimizer": { title: "Sizing optimizer (a hill climber)", example: "hill-climber", beside: [] },
};

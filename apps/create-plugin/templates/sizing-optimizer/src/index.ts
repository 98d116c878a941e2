import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { hillClimber, hillClimberOptions } from "./hill-climber.js";

export { hillClimber };

export default definePlugin({
  apiVersion: API_VERSION,
  name: "topogenie-plugin-hill-climber",
  version: "0.1.0",
  provides: [
    provide({
      kind: "sizing-optimizer",
      name: "hill-climber",
      description: "Hill climbing by steps of every order of magnitude from the best point known",
      options: hillClimberOptions,
      create: (options) => hillClimber(options),
    }),
  ],
});

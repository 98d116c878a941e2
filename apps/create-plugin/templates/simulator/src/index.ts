import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { linearSimulator } from "./linear-simulator.js";

export { linearSimulator };

export default definePlugin({
  apiVersion: API_VERSION,
  name: "topogenie-plugin-linear",
  version: "0.1.0",
  provides: [
    provide({
      kind: "simulator",
      name: "linear",
      description: "Operating points and small-signal sweeps of linear networks, solved in this process",
      options: z.strictObject({}),
      create: () => linearSimulator(),
    }),
  ],
});

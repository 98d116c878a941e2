import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { DepthFirstScheme } from "./depth-first-scheme.js";

export { DepthFirstScheme };

export default definePlugin({
  apiVersion: API_VERSION,
  name: "topogenie-plugin-depth-first",
  version: "0.1.0",
  provides: [
    provide({
      kind: "tokenization-scheme",
      name: "depth-first",
      description: "Devices in depth-first order, each with the nets of its pins",
      options: z.strictObject({}),
      create: (_options, { deviceTypes }) => new DepthFirstScheme(deviceTypes),
    }),
  ],
});

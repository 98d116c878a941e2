import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { z } from "zod";
import { thyristor } from "./thyristor.js";

export { thyristor };

export default definePlugin({
  apiVersion: API_VERSION,
  name: "topogenie-plugin-thyristor",
  version: "0.1.0",
  provides: [
    provide({
      kind: "device-type",
      name: thyristor.name,
      description: thyristor.title,
      options: z.strictObject({}),
      create: () => thyristor,
    }),
  ],
});

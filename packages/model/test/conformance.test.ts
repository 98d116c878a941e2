import { modelBackendConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";

// With its default options it is tested together with everything that comes with the command.
describe("onnxruntime-web keeps the promises of a model backend", async () => {
  for (const { name, run } of await modelBackendConformance(() => createOnnxBackend({ engine: "wasm" }))) it(name, run);
});

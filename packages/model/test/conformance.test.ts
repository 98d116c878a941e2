import { modelBackendConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";

describe("onnxruntime-node keeps the promises of a model backend", () => {
  for (const { name, run } of modelBackendConformance(() => createOnnxBackend({ engine: "native" }))) it(name, run);
});

describe("onnxruntime-web keeps the promises of a model backend", () => {
  for (const { name, run } of modelBackendConformance(() => createOnnxBackend({ engine: "wasm" }))) it(name, run);
});

import { modelBackendParity } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";

describe("onnxruntime-web computes what onnxruntime-node computes", () => {
  const checks = modelBackendParity(
    () => createOnnxBackend({ engine: "wasm" }),
    () => createOnnxBackend({ engine: "native" }),
  );
  for (const { name, run } of checks) it(name, run);
});

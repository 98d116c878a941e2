import { modelBackendParity } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";

/** A software adapter compiles shaders for a minute or more. */
const TIMEOUT_MS = 600_000;

describe.skipIf(process.env.TOPOGENIE_WEBGPU !== "1")("WebGPU computes what the processor computes", () => {
  const checks = modelBackendParity(
    () => createOnnxBackend({ provider: "webgpu" }),
    () => createOnnxBackend({ engine: "native" }),
  );
  for (const { name, run } of checks) it(name, run, TIMEOUT_MS);
});

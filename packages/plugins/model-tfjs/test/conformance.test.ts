import { modelBackendConformance } from "@topogenie/core/testing";
import { describe, it } from "vitest";
import { createWasmBackend } from "../src/index.js";

describe("tfjs-wasm keeps the promises of a model backend", () => {
  for (const { name, run } of modelBackendConformance(createWasmBackend)) it(name, run);
});

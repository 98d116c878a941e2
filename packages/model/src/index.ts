import { API_VERSION, definePlugin, provide } from "@topogenie/core";
import { createOnnxBackend, onnxBackendOptions } from "./onnx-backend.js";

export { exportOnnx } from "./inference-graph.js";
export { createOnnxBackend, onnxBackendOptions, type OnnxBackendOptions } from "./onnx-backend.js";

/** The built-in model backend. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/model",
  version: "0.1.0",
  provides: [
    provide({
      kind: "model-backend",
      name: "onnxruntime",
      description:
        "A GPT trained and sampled on onnxruntime: native on the processor or a GPU, or WebAssembly where there is no native library.",
      options: onnxBackendOptions,
      create: (options, { logger }) => createOnnxBackend(options, logger),
    }),
  ],
});

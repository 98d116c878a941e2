import { promise, type BehaviourCheck } from "../conformance-check.js";
import { backendCheck, type CreateBackend } from "./fixtures.js";

/** What it is. */
export function capabilities(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    backendCheck(create, "capabilities name the engine, its version, the device and the threads", (backend) => {
      const { engine, version, device, threads } = backend.capabilities();
      promise([engine, version, device].every((word) => word !== "") && threads >= 1, "every capability has a value");
      return Promise.resolve();
    }),
  ];
}

import { expect, it } from "vitest";
// Built: a worker cannot be started from TypeScript.
import { EecircuitEngine } from "../dist/eecircuit-engine.js";

it("says that the machine is too busy when an engine does not start in time, and blames no circuit", async () => {
  await expect(EecircuitEngine.start(1)).rejects.toMatchObject({
    code: "SIMULATOR_NOT_STARTED",
    message: expect.stringMatching(/did not start within 1 ms.*--resume/) as string,
  });
});

it("starts within the usual time", async () => {
  const engine = await EecircuitEngine.start();
  await engine.kill();
});

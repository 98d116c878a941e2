import fc from "fast-check";
import { expect, it } from "vitest";
import type { Deck } from "../../src/contracts/deck.js";
import type { RunRequest } from "../../src/contracts/simulator.js";
import { NgspiceSimulator } from "../../src/spice/ngspice-simulator.js";
import type { EngineJob, SpiceEngine } from "../../src/spice/spice-engine.js";

const deck: Deck = {
  title: "t",
  elements: [
    { kind: "voltage", name: "in", nodes: ["a", "0"], values: { dc: 1 } },
    { kind: "resistor", name: "r", nodes: ["a", "b"], values: { r: 1e3 } },
    { kind: "mosfet", name: "m", nodes: ["b", "a", "0", "0"], model: "n", values: { w: 1e-6, l: 1e-6 } },
  ],
  models: [{ name: "n", type: "nmos", parameters: { level: 1 } }],
};

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "b)=1\n.control\nshell ls\n.endc",
    "b;quit",
    "../b",
    "`ls`",
    "$(ls)",
    "in.dc\nquit",
    "__proto__",
    "constructor",
    "ｂ",
    "",
    "b".repeat(1e5),
  ),
);
const number = fc.oneof(
  fc.double(),
  fc.constantFrom(NaN, Infinity, -0, 1e300, "1;quit" as unknown as number, null as unknown as number),
);
const request = fc.record({
  set: fc.dictionary(fc.oneof(fc.constantFrom("in.dc", "r.r", "m.w"), hostile), number, { maxKeys: 2 }),
  nodeset: fc.dictionary(fc.oneof(fc.constantFrom("a", "b"), hostile), number, { maxKeys: 2 }),
  save: fc.array(fc.oneof(fc.constantFrom("a", "i(in)"), hostile), { maxLength: 2 }),
  devices: fc.array(fc.oneof(fc.constant("m"), hostile), { maxLength: 2 }),
  analyses: fc.constantFrom<RunRequest["analyses"][number][]>(
    [{ kind: "op" }],
    [{ kind: "ac", pointsPerDecade: 1, startHz: 1, stopHz: 10 }],
  ),
  timeoutMs: fc.oneof(fc.constant(1000), number),
});

const harmlessCommand = /^(?:op|ac|alter|write|setplot|destroy|source|setcirc|remcirc)(?: [a-z0-9_.@()[\]=+-]+)*$/;
const harmlessLine =
  /^(?:s\d+|[rvm][a-z0-9_]* [ a-z0-9_=.+-]+|\.model n nmos level=1|\.options [a-z0-9=]+|\.nodeset v\([ab]\)=[0-9e-]+|\.end|)$/;

it("lets nothing of a hostile request reach an engine but the deck's own names and numbers", async () => {
  const jobs: EngineJob[] = [];
  const engine: SpiceEngine = {
    execute: (job) => {
      jobs.push(job);
      return Promise.resolve({ log: "", files: new Map(), memoryBytes: 0 });
    },
    kill: () => Promise.resolve(),
  };
  const settings = { size: 1, recycleAfterRuns: 1e6, memoryLimitBytes: 1e9 };
  const simulator = new NgspiceSimulator({ engine: "recorder", version: "0" }, settings, () => Promise.resolve(engine));
  const session = await simulator.open(deck);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(request, async (asked) => {
      const result = await session.run(asked);
      // The recorder leaves no files, which no request can turn into a success.
      expect(["parse_error", "crashed"]).toContain(result.status);
      if (result.status === "parse_error") refused++;
    }),
    { numRuns: 1500 },
  );
  expect(refused).toBeGreaterThan(100);
  expect(jobs.length).toBeGreaterThan(100);
  for (const { commands, write, read } of jobs) {
    for (const command of commands) expect(command).toMatch(harmlessCommand);
    for (const { path, text } of write) {
      expect(path).toMatch(/^s\d+\.cir$/);
      for (const line of text.split("\n")) expect(line).toMatch(harmlessLine);
    }
    for (const path of read) expect(path).toMatch(/^s\d+_\d+\.raw$/);
  }
  await simulator.dispose();
});

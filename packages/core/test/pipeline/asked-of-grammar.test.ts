import { expect, it } from "vitest";
import type { Conditions } from "../../src/contracts/tokenization-scheme.js";
import { askedOfGrammar } from "../../src/pipeline/asked-of-grammar.js";
import type { PluginHost } from "../../src/plugins/plugin-host.js";

const ports = [{ kind: "VIN", minimum: 1, maximum: 2, title: "Input" }];
const host = {
  registry: { names: () => ["opamp"] },
  create: (_kind: string, name: string) => Promise.resolve({ name, ports }),
} as unknown as PluginHost;

async function asked(conditions: Conditions | undefined, able: readonly (keyof Conditions)[]): Promise<unknown> {
  return askedOfGrammar(conditions, { capabilities: () => ({ conditions: able, grammar: "legal", augments: true }) }, host);
}

it("a family brings the ports that it needs and may have", async () => {
  const conditions = { family: "opamp", deviceCount: { atMost: 9 } };
  expect(await asked(conditions, ["family", "deviceCount", "portKinds"])).toEqual({ ...conditions, portKinds: ports });
});

it.each<[Conditions | undefined, readonly (keyof Conditions)[]]>([
  [undefined, ["portKinds"]],
  [{ deviceCount: 3 }, ["portKinds"]],
  [{ family: "opamp" }, ["family"]],
  [{ family: "opamp", ports: ["VSS"] }, ["portKinds"]],
  [{ family: "a label" }, ["portKinds"]],
])("%j stays as it is for a scheme that knows %j", async (conditions, able) => {
  expect(await asked(conditions, able)).toBe(conditions);
});

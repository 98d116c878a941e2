import { describe, expect, it } from "vitest";
import { configSchema, type Config } from "../../src/config/config-schema.js";
import type { Conditions, TokenizationScheme } from "../../src/contracts/tokenization-scheme.js";
import { checkConditions } from "../../src/pipeline/check-conditions.js";

function check(able: readonly (keyof Conditions)[], config: Config): string {
  const scheme = { capabilities: () => ({ conditions: able, grammar: "complete", augments: true }) };
  try {
    checkConditions(scheme as unknown as TokenizationScheme, configSchema.parse(config));
    return "allowed";
  } catch (error) {
    return String(error);
  }
}

describe("conditions", () => {
  it.each<[Config]>([
    [{}],
    [{ generate: { conditions: { ports: ["VSS", "VIN1"] } } }],
    [{ generate: { conditions: { deviceCount: 5 } } }],
    [{ encode: { conditions: ["family"] }, generate: { conditions: { family: "opamp" } } }],
  ])("%j are allowed to a scheme that knows them", (config) => {
    expect(check(["family", "deviceCount", "ports"], config)).toBe("allowed");
  });

  it.each<[readonly (keyof Conditions)[], Config, string]>([
    [
      ["ports"],
      { encode: { conditions: ["family"] } },
      'encode.conditions: the scheme "eulerian" has no condition family. It knows ports.',
    ],
    [
      [],
      { generate: { conditions: { ports: ["VSS"] } } },
      'generate.conditions.ports: the scheme "eulerian" has no condition ports. It knows no conditions.',
    ],
    [
      ["deviceCount"],
      { generate: { grammar: false, conditions: { deviceCount: 3 } } },
      "generate.conditions.deviceCount: conditions are kept by the scheme's grammar: leave generate.grammar on.",
    ],
    [
      ["ports"],
      { generate: { source: "composition", conditions: { ports: ["VSS"] } } },
      "generate.conditions.ports: random composition takes no conditions: leave them out, or set generate.source: model.",
    ],
    [
      ["family"],
      { generate: { conditions: { family: "opamp" } } },
      "generate.conditions.family: the model can be asked for a family only when its sentences were led by families: set encode.conditions: [family].",
    ],
  ])("a scheme that knows %j refuses %j", (able, config, message) => {
    expect(check(able, config)).toBe(`TopogenieError: ${message}`);
  });
});

import type { ResolvedConfig } from "../config/config-schema.js";
import type { Conditions, TokenizationScheme } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";

/**
 * Whether the scheme can do what `encode.conditions` and `generate.conditions` ask, so that a mistake is told before hours of
 * training. Throws `CONDITIONS_UNSUPPORTED`.
 */
export function checkConditions(scheme: TokenizationScheme, { encode, train, generate }: ResolvedConfig): void {
  const able = scheme.capabilities().conditions;
  const asked = Object.keys(generate.conditions ?? {}) as (keyof Conditions)[];
  const refuse = (key: string, why: string): never => {
    throw new TopogenieError("CONDITIONS_UNSUPPORTED", `${key}: ${why}`);
  };
  const refuseUnable = (key: string, condition: keyof Conditions): void => {
    if (able.includes(condition)) return;
    const others = able.length === 0 ? "It knows no conditions" : `It knows ${able.join(", ")}`;
    refuse(key, `the scheme "${encode.scheme}" has no condition ${condition}. ${others}.`);
  };
  for (const condition of encode.conditions) refuseUnable("encode.conditions", condition);
  for (const condition of asked) {
    if (generate.source === "composition") {
      refuse(
        `generate.conditions.${condition}`,
        "random composition takes no conditions: leave them out, or set generate.source: model.",
      );
    }
    refuseUnable(`generate.conditions.${condition}`, condition);
    if (!generate.grammar) {
      refuse(`generate.conditions.${condition}`, "conditions are kept by the scheme's grammar: leave generate.grammar on.");
    }
  }
  // The words of a checkpoint to begin from are those that it was trained with.
  if (asked.includes("family") && train.from === undefined && !encode.conditions.includes("family")) {
    refuse(
      "generate.conditions.family",
      "the model can be asked for a family only when its sentences were led by families: set encode.conditions: [family].",
    );
  }
}

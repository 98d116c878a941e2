import type { Conditions, TokenizationScheme } from "../contracts/tokenization-scheme.js";
import type { PluginHost } from "../plugins/plugin-host.js";

/**
 * The conditions under which circuits are generated, as the grammar is given them: a family brings the ports that it needs and
 * those that it may have, since without them a circuit is none of it. Ports that are asked for by name are left as they are. A
 * family that no plugin provides, such as a label of an imported collection, forces none.
 */
export async function askedOfGrammar(
  conditions: Conditions | undefined,
  scheme: Pick<TokenizationScheme, "capabilities">,
  host: Pick<PluginHost, "registry" | "create">,
): Promise<Conditions | undefined> {
  const { family: name, ports } = conditions ?? {};
  if (name === undefined || ports !== undefined || !scheme.capabilities().conditions.includes("portKinds")) return conditions;
  if (!host.registry.names("circuit-family").includes(name)) return conditions;
  const family = await host.create("circuit-family", name, {}, "generate.conditions.family");
  return { ...conditions, portKinds: family.ports };
}

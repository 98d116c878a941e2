import { isRail } from "../circuit/ports.js";
import type { PluginHost } from "../plugins/plugin-host.js";

/** Every port that a circuit of a family which is loaded may have, each once: `VIN1`, `VIN2` for at most two inputs. */
export async function familyPorts(host: PluginHost): Promise<string[]> {
  const names = host.registry.names("circuit-family");
  const families = await Promise.all(names.map((name) => host.create("circuit-family", name, {}, "encode.ports")));
  const ports = families.flatMap((family) =>
    family.ports.flatMap(({ kind, maximum }) =>
      isRail(kind) ? [kind] : Array.from({ length: maximum }, (_, index) => `${kind}${index + 1}`),
    ),
  );
  return [...new Set(ports)];
}

import { eulerianOptions, EulerianScheme } from "@topogenie/tokenizer";
import { bipartiteOptions, BipartiteScheme } from "@topogenie/scheme-bipartite";
import { CompactScheme, compactOptions } from "@topogenie/scheme-eulerian-compact";
import { adjacencyOptions, AdjacencyScheme, netlistOptions, NetlistScheme } from "@topogenie/scheme-netlist";

/** Every tokenization scheme of the project, each in the form that its benchmarks measure. */
export function allSchemes(deviceTypes) {
  return [
    ["eulerian", new EulerianScheme(eulerianOptions.parse({}), deviceTypes)],
    ["eulerian-compact", new CompactScheme(compactOptions.parse({}), deviceTypes)],
    ["bipartite", new BipartiteScheme(bipartiteOptions.parse({}), deviceTypes)],
    ["netlist", new NetlistScheme(netlistOptions.parse({}), deviceTypes)],
    ["adjacency", new AdjacencyScheme(adjacencyOptions.parse({}), deviceTypes)],
  ];
}

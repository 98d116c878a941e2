import { eulerianOptions, EulerianScheme } from "@topogenie/tokenizer";
import { netlistOptions, NetlistScheme } from "@topogenie/scheme-netlist";

/** Every tokenization scheme of the project, each in the form that its benchmarks measure. */
export function allSchemes(deviceTypes) {
  return [
    ["eulerian", new EulerianScheme(eulerianOptions.parse({}), deviceTypes)],
    ["netlist", new NetlistScheme(netlistOptions.parse({}), deviceTypes)],
  ];
}

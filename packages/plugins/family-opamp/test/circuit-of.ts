import { Circuit, type DeckElement, type DeviceUnderTest, type ModelCard } from "@topogenie/core";

const models: readonly ModelCard[] = [
  { name: "n", type: "nmos", parameters: {} },
  { name: "p", type: "pmos", parameters: {} },
];

/** A circuit from lines `n|p|r|c net net …`, as a device under test with every node named after its net. */
export function dutOf(ports: string, lines: readonly string[]): DeviceUnderTest {
  const node = (net: string): string => (net === "VSS" ? "0" : net.toLowerCase());
  const parsed = lines.map((line, index) => {
    const [kind = "", ...nets] = line.split(" ");
    return { kind, nets, name: `d${index + 1}` };
  });
  const elements = parsed.map(({ kind, nets, name }): DeckElement => {
    const nodes = nets.map(node);
    if (kind === "r") return { kind: "resistor", name, nodes, values: { r: 1e4 } };
    if (kind === "c") return { kind: "capacitor", name, nodes, values: { c: 1e-12 } };
    return { kind: "mosfet", name, nodes, model: kind, values: { w: 1e-6, l: 1e-6 } };
  });
  const types: Readonly<Record<string, string>> = { n: "nmos4", p: "pmos4", r: "resistor", c: "capacitor" };
  const circuit = new Circuit({
    name: "drawn",
    ports: ports.split(" "),
    devices: parsed.map(({ kind, nets, name }) => ({ name, type: types[kind] ?? kind, nets })),
  });
  return { circuit, elements, models, node };
}

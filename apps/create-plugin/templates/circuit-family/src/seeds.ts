import { Circuit, type SeedTopology } from "@topogenie/core";

const GRAY = "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, ch. 4";
const RAZAVI = "Razavi, Design of Analog CMOS Integrated Circuits, ch. 5";

/** Lines `n drain gate source` and `r net net`; LOW is the rail, n the channel that stands on it. */
const drawings: readonly (readonly [title: string, citation: string, lines: readonly string[]])[] = [
  ["simple current mirror", GRAY, ["n IB1 IB1 LOW", "n IOUT1 IB1 LOW"]],
  ["current mirror with source degeneration", GRAY, ["n IB1 IB1 a", "r a LOW", "n IOUT1 IB1 b", "r b LOW"]],
  ["cascode current mirror", GRAY, ["n IB1 IB1 a", "n a a LOW", "n IOUT1 IB1 b", "n b a LOW"]],
  ["wide-swing cascode current mirror", RAZAVI, ["n IB1 VB1 a", "n a IB1 LOW", "n IOUT1 VB1 b", "n b IB1 LOW"]],
  ["Wilson current mirror", GRAY, ["n IB1 a LOW", "n a a LOW", "n IOUT1 IB1 a"]],
  ["improved Wilson current mirror", GRAY, ["n IB1 IB1 b", "n b a LOW", "n a a LOW", "n IOUT1 IB1 a"]],
  ["current mirror with a cascoded output", RAZAVI, ["n IB1 IB1 LOW", "n b IB1 LOW", "n IOUT1 VB1 b"]],
  ["self-biased cascode current mirror", RAZAVI, ["r IB1 c", "n c IB1 a", "n a c LOW", "n IOUT1 IB1 b", "n b c LOW"]],
  ["triple cascode current mirror", GRAY, ["n IB1 IB1 a", "n a a c", "n c c LOW", "n IOUT1 IB1 b", "n b a d", "n d c LOW"]],
  ["current mirror with a stacked reference", GRAY, ["n IB1 IB1 a", "n a IB1 LOW", "n IOUT1 IB1 b", "n b IB1 LOW"]],
];

export function* seeds(): Generator<SeedTopology> {
  for (const sinking of [true, false]) {
    for (const [index, [title, citation, lines]] of drawings.entries()) yield draw(sinking, index, title, citation, lines);
  }
}

function draw(sinking: boolean, index: number, title: string, citation: string, lines: readonly string[]): SeedTopology {
  const low = sinking ? "VSS" : "VDD";
  const reference = sinking ? "IB1" : "reference";
  const drawnDevices = lines.map((line, number) => {
    const [kind, ...drawn] = line.split(" ");
    const nets = drawn.map((net) => (net === "LOW" ? low : net === "IB1" ? reference : net));
    return kind === "n"
      ? { name: `M${number + 1}`, type: sinking ? "nmos4" : "pmos4", nets: [...nets, low] }
      : { name: `R${number + 1}`, type: "resistor", nets };
  });
  // The reference always flows in: a sourcing mirror is fed through a sinking one.
  const fed = sinking
    ? []
    : [
        { name: "M11", type: "nmos4", nets: ["IB1", "IB1", "VSS", "VSS"] },
        { name: "M12", type: "nmos4", nets: [reference, "IB1", "VSS", "VSS"] },
      ];
  const devices = [...drawnDevices, ...fed];
  const used = new Set(devices.flatMap(({ nets }) => nets));
  return {
    circuit: new Circuit({
      name: `current-mirror-${sinking ? "n" : "p"}${index + 1}`,
      devices,
      ports: ["VDD", "VSS", "IB1", "IOUT1", "VB1"].filter((port) => used.has(port)),
    }),
    title: `${sinking ? "sinking" : "sourcing"} ${title}`,
    citation,
  };
}

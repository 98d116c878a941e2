import { nmos4, pmos4 } from "@topogenie/devices-mos";

const [nmos] = nmos4.models;
const [pmos] = pmos4.models;

/** A two-stage Miller op-amp of ten transistors in unity feedback at dc, open at ac; `x` keeps copies apart. */
function opamp(x, input) {
  const mosfet = (name, type, nodes, w) => ({
    kind: "mosfet",
    name: `${x}${name}`,
    nodes,
    model: type === "n" ? nmos.name : pmos.name,
    values: { w, l: 0.5e-6 },
  });
  const n = (net) => `${x}_${net}`;
  return [
    mosfet("in1", "n", [n("d1"), n("fb"), n("tail"), "0"], 10e-6),
    mosfet("in2", "n", [n("d2"), input, n("tail"), "0"], 10e-6),
    mosfet("load1", "p", [n("d1"), n("d1"), "vdd", "vdd"], 5e-6),
    mosfet("load2", "p", [n("d2"), n("d1"), "vdd", "vdd"], 5e-6),
    mosfet("tail", "n", [n("tail"), n("bias"), "0", "0"], 8e-6),
    mosfet("second", "p", [n("out"), n("d2"), "vdd", "vdd"], 30e-6),
    mosfet("sink", "n", [n("out"), n("bias"), "0", "0"], 24e-6),
    mosfet("bias", "n", [n("bias"), n("bias"), "0", "0"], 8e-6),
    mosfet("refp", "p", [n("bias"), n("refp"), "vdd", "vdd"], 8e-6),
    mosfet("ref", "p", [n("refp"), n("refp"), "vdd", "vdd"], 8e-6),
    { kind: "current", name: `${x}current`, nodes: [n("refp"), "0"], values: { dc: 20e-6 } },
    { kind: "capacitor", name: `${x}miller`, nodes: [n("d2"), n("out")], values: { c: 1e-12 } },
    { kind: "capacitor", name: `${x}load`, nodes: [n("out"), "0"], values: { c: 5e-12 } },
    { kind: "inductor", name: `${x}close`, nodes: [n("out"), n("fb")], values: { l: 1e6 } },
    { kind: "capacitor", name: `${x}open`, nodes: [n("fb"), "0"], values: { c: 1 } },
  ];
}

function deck(title, elements) {
  return {
    title,
    elements: [
      { kind: "voltage", name: "supply", nodes: ["vdd", "0"], values: { dc: 1.8 } },
      { kind: "voltage", name: "input", nodes: ["in", "0"], values: { dc: 0.9, acmag: 1 } },
      ...elements,
    ],
    models: [nmos, pmos],
  };
}

export const tenTransistors = deck("op-amp, 10 transistors", opamp("a", "in"));
/** Four op-amps, each the next one's input. */
export const fortyTransistors = deck("four op-amps, 40 transistors", [
  ...opamp("a", "in"),
  ...opamp("b", "a_fb"),
  ...opamp("c", "b_fb"),
  ...opamp("d", "c_fb"),
]);

/** New sizes for every transistor, current and Miller capacitor, within a factor of two. */
export function randomSizing({ elements }, rng) {
  const sized = elements.filter(({ kind, name }) => kind === "mosfet" || kind === "current" || name.endsWith("miller"));
  return Object.fromEntries(
    sized.map(({ kind, name, values }) => {
      const value = kind === "mosfet" ? "w" : kind === "current" ? "dc" : "c";
      return [`${name}.${value}`, values[value] * 2 ** (rng.uniform() - 0.5)];
    }),
  );
}

/** The same deck with the values of a sizing. */
export function sizedDeck(deck, set) {
  const elements = deck.elements.map((element) => ({
    ...element,
    values: Object.fromEntries(
      Object.entries(element.values).map(([name, value]) => [name, set[`${element.name}.${name}`] ?? value]),
    ),
  }));
  return { ...deck, elements };
}

import { drawInverter } from "./gate-drivers.js";
import { ERICKSON, type Stage, type StageKit } from "./stage.js";

/** How the second switch of a converter conducts: a diode, or a channel with its own control. */
const rectifiers = ["diode", "synchronous"] as const;
type Rectifier = (typeof rectifiers)[number];
const words: Readonly<Record<Rectifier, string>> = { diode: "asynchronous", synchronous: "synchronous" };
const CH6 = `${ERICKSON}, ch. 6 (converter circuits)`;
const SYNC = `${ERICKSON}, ch. 4 (synchronous rectifiers)`;

/** From ground up into a net that is never far below ground. */
function freewheel({ view, n }: StageKit, net: string, rectifier: Rectifier, phase = 2): void {
  if (rectifier === "diode") view.diode("VSS", net);
  else view.n(net, n(phase), "VSS");
}

/** From a net up into an output that lies above the supply: a channel in a well at the output. */
function liftTo({ view, p }: StageKit, net: string, to: string, rectifier: Rectifier, phase = 2): void {
  if (rectifier === "diode") view.diode(net, to);
  else view.p(to, p(phase), net, to);
}

/** A p switch above the supply, whose gate a cross-coupled pair drives to the output's voltage. */
function liftWithShifter({ view, n }: StageKit, net: string, to: string): void {
  const [gate, other] = [view.net(), view.net()];
  view.p(gate, other, to, to);
  view.p(other, gate, to, to);
  view.n(gate, n(2), "VSS");
  const inverted = view.net();
  drawInverter(view, n(2), inverted);
  view.n(other, inverted, "VSS");
  view.p(to, gate, net, to);
}

function both(
  title: string,
  citation: string,
  variants: Stage["variants"],
  draw: (kit: StageKit, rectifier: Rectifier) => void,
): Stage[] {
  return rectifiers.map((rectifier) => ({
    title: `${words[rectifier]} ${title}`,
    citation: rectifier === "diode" ? citation : `${citation}; ${SYNC}`,
    variants,
    draw: (kit) => draw(kit, rectifier),
  }));
}

function highSide({ view, input, p }: StageKit, net: string, phase = 1): void {
  view.p(net, p(phase), input, input);
}

function phases(kit: StageKit, count: number, draw: (first: number, second: number) => void): void {
  for (let index = 0; index < count; index++) draw(2 * index + 1, 2 * index + 2);
}

export const inductiveStages: readonly Stage[] = [
  ...both("buck converter", `${ERICKSON}, ch. 2 (buck converter)`, "many", (kit, rectifier) => {
    const net = kit.view.net();
    highSide(kit, net);
    freewheel(kit, net, rectifier);
    kit.view.inductor(net, kit.output);
  }),
  ...both("boost converter", `${ERICKSON}, ch. 2 (boost converter)`, "many", (kit, rectifier) => {
    const net = kit.view.net();
    kit.view.inductor(kit.input, net);
    kit.view.n(net, kit.n(1), "VSS");
    liftTo(kit, net, kit.output, rectifier);
  }),
  {
    title: "synchronous boost converter with a level-shifted rectifier",
    citation: `${ERICKSON}, ch. 2 (boost converter); Weste, Harris, CMOS VLSI Design, ch. 12 (level converters)`,
    variants: "drivers",
    draw: (kit) => {
      const net = kit.view.net();
      kit.view.inductor(kit.input, net);
      kit.view.n(net, kit.n(1), "VSS");
      liftWithShifter(kit, net, kit.output);
    },
  },
  {
    title: "asynchronous inverting buck-boost converter",
    citation: CH6,
    variants: "many",
    draw: (kit) => {
      const net = kit.view.net();
      highSide(kit, net);
      kit.view.inductor(net, "VSS");
      kit.view.diode(kit.output, net);
    },
  },
  {
    // Two diodes in the path would leave little of a supply of 1.8 V.
    title: "four-switch non-inverting buck-boost converter",
    citation: `${CH6}; ${SYNC}`,
    variants: "many",
    draw: (kit) => {
      const [left, right] = [kit.view.net(), kit.view.net()];
      highSide(kit, left);
      freewheel(kit, left, "synchronous");
      kit.view.inductor(left, right);
      kit.view.n(right, kit.n(1), "VSS");
      liftTo(kit, right, kit.output, "synchronous");
    },
  },
  {
    title: "Cuk converter",
    citation: `Cuk, Middlebrook, A new optimum topology switching dc-to-dc converter, IEEE Power Electronics Specialists Conf. (1977)`,
    variants: "many",
    draw: ({ view, input, output, n }) => {
      const [left, right] = [view.net(), view.net()];
      view.inductor(input, left);
      view.n(left, n(1), "VSS");
      view.capacitor(left, right);
      view.diode(right, "VSS");
      view.inductor(right, output);
    },
  },
  ...both("SEPIC converter", CH6, "many", (kit, rectifier) => {
    const { view, input, output, n } = kit;
    const [left, right] = [view.net(), view.net()];
    view.inductor(input, left);
    view.n(left, n(1), "VSS");
    view.capacitor(left, right);
    view.inductor(right, "VSS");
    liftTo(kit, right, output, rectifier);
  }),
  ...both("inverse SEPIC (Zeta) converter", CH6, "many", (kit, rectifier) => {
    const { view, output } = kit;
    const [left, right] = [view.net(), view.net()];
    highSide(kit, left);
    view.inductor(left, "VSS");
    view.capacitor(left, right);
    freewheel(kit, right, rectifier);
    view.inductor(right, output);
  }),
  ...both(
    "two-phase interleaved buck converter",
    `${ERICKSON}, ch. 2 (buck converter); Mohan, Undeland, Robbins, Power Electronics, ch. 7`,
    "drivers",
    (kit, rectifier) => {
      phases(kit, 2, (first, second) => {
        const net = kit.view.net();
        highSide(kit, net, first);
        freewheel(kit, net, rectifier, second);
        kit.view.inductor(net, kit.output);
      });
    },
  ),
  ...both(
    "two-phase interleaved boost converter",
    `${ERICKSON}, ch. 2 (boost converter); Mohan, Undeland, Robbins, Power Electronics, ch. 7`,
    "drivers",
    (kit, rectifier) => {
      phases(kit, 2, (first, second) => {
        const net = kit.view.net();
        kit.view.inductor(kit.input, net);
        kit.view.n(net, kit.n(first), "VSS");
        liftTo(kit, net, kit.output, rectifier, second);
      });
    },
  ),
  ...both(
    "buck converter with two power stages in parallel",
    `${ERICKSON}, ch. 2 (buck converter)`,
    "drivers",
    (kit, rectifier) => {
      for (let index = 0; index < 2; index++) {
        const net = kit.view.net();
        highSide(kit, net, 1);
        freewheel(kit, net, rectifier, 2);
        kit.view.inductor(net, kit.output);
      }
    },
  ),
  {
    title: "three-level buck converter",
    citation:
      "Meynard, Foch, Multi-level conversion: high voltage choppers and voltage-source inverters, IEEE Power Electronics Specialists Conf. (1992)",
    variants: "many",
    draw: ({ view, input, output, n, p }) => {
      const [upper, middle, lower] = [view.net(), view.net(), view.net()];
      view.p(upper, p(1), input, input);
      view.p(middle, p(3), upper, upper);
      view.n(middle, n(4), lower);
      view.n(lower, n(2), "VSS");
      view.capacitor(upper, lower);
      view.inductor(middle, output);
    },
  },
  {
    title: "series-capacitor buck converter",
    citation:
      "Shenoy, Amaro, Morroni, Freeman, Comparison of a buck converter and a series capacitor buck converter for high-frequency, high-conversion-ratio voltage regulators, IEEE Trans. Power Electronics 31 (2016)",
    variants: "drivers",
    draw: ({ view, input, output, n, p }) => {
      const [top, first, second] = [view.net(), view.net(), view.net()];
      view.p(top, p(1), input, input);
      view.capacitor(top, first);
      view.n(first, n(2), "VSS");
      view.inductor(first, output);
      view.p(second, p(3), top, input);
      view.n(second, n(4), "VSS");
      view.inductor(second, output);
    },
  },
  ...both(
    "quadratic buck converter",
    "Maksimovic, Cuk, Switching converters with wide dc conversion range, IEEE Trans. Power Electronics 6 (1991)",
    "drivers",
    (kit, rectifier) => {
      const { view, output, p } = kit;
      const [left, middle, right] = [view.net(), view.net(), view.net()];
      highSide(kit, left);
      freewheel(kit, left, rectifier);
      view.inductor(left, middle);
      view.capacitor(middle, "VSS");
      view.p(right, p(1), middle, middle);
      freewheel(kit, right, rectifier);
      view.inductor(right, output);
    },
  ),
  {
    title: "cascade of two boost converters",
    citation: "Maksimovic, Cuk, Switching converters with wide dc conversion range, IEEE Trans. Power Electronics 6 (1991)",
    variants: "drivers",
    draw: ({ view, input, output, n }) => {
      const [left, middle, right] = [view.net(), view.net(), view.net()];
      view.inductor(input, left);
      view.n(left, n(1), "VSS");
      view.diode(left, middle);
      view.capacitor(middle, "VSS");
      view.inductor(middle, right);
      view.n(right, n(1), "VSS");
      view.diode(right, output);
    },
  },
  {
    title: "boost converter with a voltage doubler cell",
    citation: "Rosas-Caro, Ramirez, Peng, Valderrabano, A dc-dc multilevel boost converter, IET Power Electronics 3 (2010)",
    variants: "drivers",
    draw: ({ view, input, output, n }) => {
      const [net, middle, pumped] = [view.net(), view.net(), view.net()];
      view.inductor(input, net);
      view.n(net, n(1), "VSS");
      view.diode(net, middle);
      view.capacitor(middle, "VSS");
      view.diode(middle, pumped);
      view.capacitor(pumped, net);
      view.diode(pumped, output);
      view.capacitor(output, middle);
    },
  },
  ...both(
    "zero-voltage-switching quasi-resonant buck converter",
    `${ERICKSON}, chapter on soft switching (quasi-resonant switch cells)`,
    "drivers",
    (kit, rectifier) => {
      const { view, input, output } = kit;
      const [resonant, net] = [view.net(), view.net()];
      highSide(kit, resonant);
      view.capacitor(input, resonant);
      view.inductor(resonant, net);
      freewheel(kit, net, rectifier);
      view.inductor(net, output);
    },
  ),
  ...both(
    "zero-current-switching quasi-resonant buck converter",
    `${ERICKSON}, chapter on soft switching (quasi-resonant switch cells)`,
    "drivers",
    (kit, rectifier) => {
      const { view, output } = kit;
      const [resonant, net] = [view.net(), view.net()];
      highSide(kit, resonant);
      view.inductor(resonant, net);
      freewheel(kit, net, rectifier);
      view.capacitor(net, "VSS");
      view.inductor(net, output);
    },
  ),
];

import { ERICKSON, type Stage, type StageKit } from "./stage.js";

const DICKSON =
  "Dickson, On-chip high-voltage generation in MNOS integrated circuits using an improved voltage multiplier technique, IEEE J. Solid-State Circuits 11 (1976)";
const PELLICONI =
  "Pelliconi, Iezzi, Baroni, Pasotti, Rolandi, Power efficient charge pump in deep submicron standard CMOS technology, IEEE J. Solid-State Circuits 38 (2003)";

/** Capacitors in a chain of diodes, lifted in turns; from `from`, each stage adds a supply voltage less a diode. */
function dickson({ view, clock }: StageKit, from: string, to: string, stages: number, mos: boolean): void {
  const step = (anode: string, cathode: string): void => {
    if (mos) view.n(anode, anode, cathode);
    else view.diode(anode, cathode);
  };
  let net = from;
  for (let index = 0; index < stages; index++) {
    const next = view.net();
    step(net, next);
    view.capacitor(next, clock(1 + (index % 2)));
    net = next;
  }
  step(net, to);
}

/** The chain turned round: every stage takes a supply voltage away. */
function negativeDickson({ view, clock }: StageKit, to: string, stages: number): void {
  let net = "VSS";
  for (let index = 0; index < stages; index++) {
    const next = view.net();
    view.diode(next, net);
    view.capacitor(next, clock(1 + (index % 2)));
    net = next;
  }
  view.diode(to, net);
}

/** Two capacitors in opposite phases, whose cross-coupled channels are each other's switches: lifts by one supply voltage. */
function crossCoupled({ view, clock }: StageKit, from: string, to: string): void {
  const [left, right] = [view.net(), view.net()];
  view.capacitor(left, clock(1));
  view.capacitor(right, clock(2));
  // A junction of the bulk may not lie towards the capacitor: the wells of the lower pair stand on its lower side.
  view.n(left, right, from, from);
  view.n(right, left, from, from);
  view.p(to, right, left, to);
  view.p(to, left, right, to);
}

function negativeCrossCoupled({ view, clock }: StageKit, from: string, to: string): void {
  const [left, right] = [view.net(), view.net()];
  view.capacitor(left, clock(1));
  view.capacitor(right, clock(2));
  view.p(left, right, from, from);
  view.p(right, left, from, from);
  view.n(to, right, left, to);
  view.n(to, left, right, to);
}

function between(
  kit: StageKit,
  from: string,
  to: string,
  stages: number,
  draw: (kit: StageKit, from: string, to: string) => void,
): void {
  let net = from;
  for (let index = 0; index < stages; index++) {
    const next = index === stages - 1 ? to : kit.view.net();
    draw(kit, net, next);
    if (next !== to) kit.view.capacitor(next, "VSS");
    net = next;
  }
}

export const pumpStages: readonly Stage[] = [
  ...[1, 2, 3, 4].map((stages): Stage => ({
    title: `Dickson charge pump of ${stages} stages`,
    citation: DICKSON,
    variants: "drivers",
    draw: (kit) => dickson(kit, kit.input, kit.output, stages, false),
  })),
  ...[2, 3].map((stages): Stage => ({
    title: `interleaved Dickson charge pump of ${stages} stages`,
    citation: DICKSON,
    variants: "few",
    draw: (kit) => {
      dickson(kit, kit.input, kit.output, stages, false);
      dickson({ ...kit, clock: (phase) => kit.clock(3 - phase) }, kit.input, kit.output, stages, false);
    },
  })),
  ...[2, 3, 4].map((stages): Stage => ({
    title: `inverting diode charge pump of ${stages} stages`,
    citation: `${DICKSON}; ${ERICKSON}, ch. 6 (converter circuits)`,
    variants: "drivers",
    fedByClocks: true,
    draw: (kit) => negativeDickson({ ...kit, clock: (phase) => kit.clock(phase) }, kit.output, stages),
  })),
  ...[1, 2, 3].map((stages): Stage => ({
    title: `cross-coupled voltage multiplier by ${stages + 1}`,
    citation:
      stages === 1 ? "Nakagome et al., An experimental 1.5-V 64-Mb DRAM, IEEE J. Solid-State Circuits 26 (1991)" : PELLICONI,
    variants: "drivers",
    draw: (kit) => between(kit, kit.input, kit.output, stages, crossCoupled),
  })),
  ...[1, 2].map((stages): Stage => ({
    title: `cross-coupled inverter of the supply, ${stages} stages`,
    citation: PELLICONI,
    variants: "drivers",
    fedByClocks: true,
    draw: (kit) => between(kit, "VSS", kit.output, stages, negativeCrossCoupled),
  })),
  {
    title: "cross-coupled doubler behind a step-up diode",
    citation: `${PELLICONI}; ${DICKSON}`,
    variants: "few",
    draw: (kit) => {
      const middle = kit.view.net();
      crossCoupled(kit, kit.input, middle);
      kit.view.capacitor(middle, "VSS");
      dickson(kit, middle, kit.output, 1, false);
    },
  },
];

import type { Schematic } from "@topogenie/building-blocks";

const GARDNER = "Gardner, Charge-pump phase-lock loops, IEEE Trans. Communications 28 (1980)";
const RAZAVI = "Razavi, Design of Analog CMOS Integrated Circuits, chapter on phase-locked loops";

/** Turns the phase between reference and feedback into charge on the net `control`. */
export interface PhaseDetector {
  readonly title: string;
  readonly citation: string;
  draw(view: Schematic, reference: string, feedback: string, control: string): void;
}

interface Pulses {
  readonly up: string;
  readonly notUp: string;
  readonly down: string;
}

function detector(view: Schematic, reference: string, feedback: string): Pulses {
  const [up, down, notUp] = [view.net(), view.net(), view.net()];
  view.device("I", "PFD", [reference, feedback, up, down, "VDD", "VSS"]);
  view.device("I", "INVERTER", [up, notUp, "VDD", "VSS"]);
  return { up, notUp, down };
}

/** Gate nets of a sink and a source that carry copies of IB1. */
function currents(view: Schematic): { readonly sink: string; readonly source: string } {
  const source = view.net();
  view.n("IB1", "IB1", "VSS");
  view.n(source, "IB1", "VSS");
  view.p(source, source, "VDD");
  return { sink: "IB1", source };
}

type Pump = (view: Schematic, pulses: Pulses, control: string) => void;

const pumps: readonly { readonly title: string; readonly citation: string; readonly draw: Pump }[] = [
  {
    title: "charge pump with switches at the output",
    citation: RAZAVI,
    draw: (view, { notUp, down }, control) => {
      const { sink, source } = currents(view);
      const [high, low] = [view.net(), view.net()];
      view.p(high, source, "VDD");
      view.p(control, notUp, high);
      view.n(control, down, low);
      view.n(low, sink, "VSS");
    },
  },
  {
    title: "charge pump with switches at the rails",
    citation: "Razavi, RF Microelectronics, ch. 9 (phase-locked loops: charge pumps and their imperfections)",
    draw: (view, { notUp, down }, control) => {
      const { sink, source } = currents(view);
      const [high, low] = [view.net(), view.net()];
      view.p(high, notUp, "VDD");
      view.p(control, source, high);
      view.n(control, sink, low);
      view.n(low, down, "VSS");
    },
  },
  {
    title: "current-steering charge pump",
    citation: "Razavi, RF Microelectronics, ch. 9 (phase-locked loops: charge pumps and their imperfections)",
    draw: (view, { up, notUp, down }, control) => {
      const { sink, source } = currents(view);
      const [high, low, notDown] = [view.net(), view.net(), view.net()];
      view.device("I", "INVERTER", [down, notDown, "VDD", "VSS"]);
      view.p(high, source, "VDD");
      view.p(control, notUp, high);
      view.p("VSS", up, high);
      view.n(control, down, low);
      view.n("VDD", notDown, low);
      view.n(low, sink, "VSS");
    },
  },
  {
    title: "three-state output with a resistor",
    citation: "Gardner, Phaselock Techniques, ch. 10 (phase detectors)",
    draw: (view, { notUp, down }, control) => {
      const net = view.net();
      view.p(net, notUp, "VDD");
      view.n(net, down, "VSS");
      view.resistor(net, control);
    },
  },
  {
    title: "charge pump with cascodes",
    citation: RAZAVI,
    draw: (view, { notUp, down }, control) => {
      const { sink, source } = currents(view);
      const [high, above, low, below] = [view.net(), view.net(), view.net(), view.net()];
      view.p(high, notUp, "VDD");
      view.p(above, source, high);
      view.p(control, "VSS", above);
      view.n(control, "VDD", below);
      view.n(below, sink, low);
      view.n(low, down, "VSS");
    },
  },
];

export const phaseDetectors: readonly PhaseDetector[] = [
  ...pumps.map(({ title, citation, draw }): PhaseDetector => ({
    title,
    citation: `${GARDNER}; ${citation}`,
    draw: (view, reference, feedback, control) => draw(view, detector(view, reference, feedback), control),
  })),
  {
    title: "exclusive-or phase detector",
    citation: "Gardner, Phaselock Techniques, ch. 10 (phase detectors)",
    draw: (view, reference, feedback, control) => {
      const net = view.net();
      view.device("I", "XOR", [reference, feedback, "VDD", "VSS", net]);
      view.resistor(net, control);
    },
  },
];

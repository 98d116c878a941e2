import { drawJunction, type Junction, type Schematic } from "@topogenie/building-blocks";

/**
 * Hand calculation for 8 units against one at about 10 uA a branch: 54 mV over `difference`; the junction's -1.8 mV/K is met
 * by ten times its +0.18 mV/K. Ohms.
 */
const UNITS = 8;
const OHMS = {
  difference: { r: 5.4e3 },
  tenfold: { r: 54e3 },
  output: { r: 40e3 },
  half: { r: 27e3 },
  shunt: { r: 200e3 },
} as const;

/** Draws a p-channel current source of the reference's mirror into a net. */
export type DrawSource = (into: string) => void;

export interface CoreRequest {
  readonly view: Schematic;
  readonly output: string;
  readonly junction: Junction;
  readonly source: DrawSource;
}

/** What the amplifier must hold equal. `plus` lifts the amplifier's output, which lowers the mirror's current. */
export interface CoreNodes {
  readonly plus: string;
  readonly minus: string;
  /** Rises when the reference has started. */
  readonly started: string;
}

export interface ReferenceCore {
  readonly name: string;
  readonly title: string;
  readonly citation: string;
  draw(request: CoreRequest): CoreNodes;
}

/** Two junctions, one under a resistor that carries the difference of their voltages. Returns the nets to be held equal. */
function drawPair({ view, junction, source }: CoreRequest): readonly [single: string, resistor: string] {
  const [single, top, bottom] = [view.net(), view.net(), view.net()];
  source(single);
  source(top);
  drawJunction(view, single, junction);
  view.resistor(top, bottom, OHMS.difference);
  drawJunction(view, bottom, junction, UNITS);
  return [single, top];
}

/** The current of the pair copied into a resistor above a third junction. */
const mirroredSum: ReferenceCore = {
  name: "mirrored-sum",
  title: "proportional current into a resistor and a junction",
  citation: "Razavi, Design of Analog CMOS Integrated Circuits, bandgap references chapter (PTAT current generation)",
  draw(request) {
    const { view, output, junction, source } = request;
    const [single, top] = drawPair(request);
    const below = view.net();
    source(output);
    view.resistor(output, below, OHMS.tenfold);
    drawJunction(view, below, junction);
    return { plus: top, minus: single, started: single };
  },
};

/** The pair hangs on the output through resistors; the mirror feeds the output. */
const kuijk: ReferenceCore = {
  name: "kuijk",
  title: "junctions fed from the output through resistors",
  citation: "Kuijk, A precision reference voltage source, IEEE J. Solid-State Circuits 8 (1973)",
  draw({ view, output, junction, source }) {
    const [single, top, bottom] = [view.net(), view.net(), view.net()];
    source(output);
    view.resistor(output, single, OHMS.tenfold);
    view.resistor(output, top, OHMS.tenfold);
    drawJunction(view, single, junction);
    view.resistor(top, bottom, OHMS.difference);
    drawJunction(view, bottom, junction, UNITS);
    return { plus: top, minus: single, started: single };
  },
};

/** Resistors beside the junctions add a current that falls with temperature; the sum flows into the output resistor. */
const currentMode: ReferenceCore = {
  name: "current-mode",
  title: "current mode below 1 V",
  citation: "Banba et al., A CMOS bandgap reference circuit with sub-1-V operation, IEEE J. Solid-State Circuits 34 (1999)",
  draw(request) {
    const { view, output, source } = request;
    const [single, top] = drawPair(request);
    for (const net of [single, top]) view.resistor(net, view.low, OHMS.tenfold);
    source(output);
    view.resistor(output, view.low, OHMS.output);
    return { plus: top, minus: single, started: single };
  },
};

/** As current mode, but the amplifier sees shares of the junctions' voltages, which suits its threshold. */
const dividedCurrentMode: ReferenceCore = {
  name: "divided-current-mode",
  title: "current mode below 1 V with divided inputs",
  citation:
    "Leung, Mok, A sub-1-V 15-ppm/C CMOS bandgap voltage reference without requiring low threshold voltage device, IEEE J. Solid-State Circuits 37 (2002)",
  draw(request) {
    const { view, output, source } = request;
    const [single, top] = drawPair(request);
    const [singleShare, topShare] = [view.net(), view.net()];
    for (const [net, share] of [
      [single, singleShare],
      [top, topShare],
    ] as const) {
      view.resistor(net, share, OHMS.half);
      view.resistor(share, view.low, OHMS.half);
    }
    source(output);
    view.resistor(output, view.low, OHMS.output);
    return { plus: topShare, minus: singleShare, started: single };
  },
};

/** A third junction at constant current takes the curvature of the others' voltage out of the sum. */
const curvatureCorrected: ReferenceCore = {
  name: "curvature-corrected",
  title: "current mode below 1 V with curvature correction",
  citation:
    "Malcovati, Maloberti, Fiocchi, Pruzzi, Curvature-compensated BiCMOS bandgap with 1-V supply voltage, IEEE J. Solid-State Circuits 36 (2001)",
  draw(request) {
    const { view, output, junction, source } = request;
    const [single, top] = drawPair(request);
    const third = view.net();
    for (const net of [single, top]) view.resistor(net, view.low, OHMS.tenfold);
    source(third);
    drawJunction(view, third, junction);
    for (const net of [single, top]) view.resistor(third, net, OHMS.tenfold);
    source(output);
    view.resistor(output, view.low, OHMS.output);
    return { plus: top, minus: single, started: single };
  },
};

/** A resistor from the output to ground lowers the sum of junction voltage and proportional drop. */
const dividedSum: ReferenceCore = {
  name: "divided-sum",
  title: "proportional current into a resistor and a junction, divided below 1 V",
  citation:
    "Neuteboom, Kup, Janssens, A DSP-based hearing instrument IC, IEEE J. Solid-State Circuits 32 (1997) (reference below 1 V)",
  draw(request) {
    const { view, output, junction, source } = request;
    const [single, top] = drawPair(request);
    const below = view.net();
    source(output);
    view.resistor(output, view.low, OHMS.shunt);
    view.resistor(output, below, OHMS.tenfold);
    drawJunction(view, below, junction);
    return { plus: top, minus: single, started: single };
  },
};

export const referenceCores: readonly ReferenceCore[] = [
  mirroredSum,
  kuijk,
  currentMode,
  dividedCurrentMode,
  curvatureCorrected,
  dividedSum,
];

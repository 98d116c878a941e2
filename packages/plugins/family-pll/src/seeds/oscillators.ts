import type { Schematic } from "@topogenie/building-blocks";

export interface Oscillator {
  readonly title: string;
  readonly citation: string;
  readonly stages: number;
  draw(view: Schematic, control: string, output: string): void;
}

const STARVED = "Weste, Harris, CMOS VLSI Design, ch. 12 (phase-locked loops; current-starved ring oscillators)";

function inverter(view: Schematic, input: string, output: string, high = "VDD", low = "VSS"): void {
  view.p(output, input, high);
  view.n(output, input, low);
}

function ring(view: Schematic, stages: number, output: string, stage: (input: string, output: string) => void): void {
  const nets = Array.from({ length: stages }, () => view.net());
  nets.forEach((net, index) => {
    stage(net, nets[(index + 1) % stages] ?? "");
    view.capacitor(net, "VSS");
  });
  const buffered = view.net();
  inverter(view, nets[0] ?? "", buffered);
  inverter(view, buffered, output);
}

export const oscillators: readonly Oscillator[] = [
  ...[3, 5, 7].map((stages): Oscillator => ({
    title: `${stages}-stage current-starved ring`,
    citation: STARVED,
    stages,
    draw: (view, control, output) => {
      const mirror = view.net();
      view.n(mirror, control, "VSS");
      view.p(mirror, mirror, "VDD");
      ring(view, stages, output, (input, next) => {
        const [high, low] = [view.net(), view.net()];
        view.p(high, mirror, "VDD");
        view.n(low, control, "VSS");
        inverter(view, input, next, high, low);
      });
    },
  })),
  ...[3, 5, 7].map((stages): Oscillator => ({
    title: `${stages}-stage ring starved from below`,
    citation: STARVED,
    stages,
    draw: (view, control, output) => {
      ring(view, stages, output, (input, next) => {
        const low = view.net();
        view.n(low, control, "VSS");
        inverter(view, input, next, "VDD", low);
      });
    },
  })),
];

import { voltageSource } from "@topogenie/building-blocks";
import { GROUND, portKind, type DeckElement, type Waveform } from "@topogenie/core";

/** The two phases do not overlap by this share of a period on either side. */
const GAP_SHARE = 0.03;
const EDGE_SHARE = 0.005;
/** How much sooner the early phases end, for switches that open first. */
const EARLY_SHARE = 0.02;

export interface ClockPort {
  readonly port: string;
  readonly node: string;
}

/** Seconds from the start of a period to the start and end of a phase, edges left out. */
export function phaseSpan(phase: 1 | 2, periodS: number): readonly [number, number] {
  const start = phase === 1 ? 0 : 0.5;
  return [(start + GAP_SHARE + EDGE_SHARE) * periodS, (start + 0.5 - EARLY_SHARE - EDGE_SHARE) * periodS];
}

export const clockKinds = ["VCLK", "VTRACK", "VHOLD", "VLATCH"] as const;

/**
 * Clock sources: odd numbers and VTRACK are high in the first half of a period, even ones, VHOLD and VLATCH in the second, without
 * overlap. Numbers 3 and 4 fall a little before 1 and 2, for bottom-plate sampling (Carusone, Johns, Martin, ch. 14).
 */
export function clockSources(ports: readonly ClockPort[], highVolts: number, periodS: number): readonly DeckElement[] {
  return ports.map(({ port, node }) => {
    const number = numberOf(port);
    const second = phaseOf(port) === 2;
    const early = portKind(port) === "VCLK" && number % 4 !== 1 && number % 4 !== 2;
    const waveform: Waveform = {
      kind: "pulse",
      low: 0,
      high: highVolts,
      delayS: ((second ? 0.5 : 0) + GAP_SHARE) * periodS,
      riseS: EDGE_SHARE * periodS,
      fallS: EDGE_SHARE * periodS,
      widthS: (0.5 - GAP_SHARE - 2 * EDGE_SHARE - (early ? EARLY_SHARE : 0)) * periodS,
      periodS,
    };
    return voltageSource(clockName(port), node, GROUND, { dc: 0 }, waveform);
  });
}

/** The same clocks stopped in one of the phases. */
export function stoppedClocks(ports: readonly ClockPort[], highVolts: number, phase: 1 | 2): readonly DeckElement[] {
  return ports.map(({ port, node }) =>
    voltageSource(clockName(port), node, GROUND, { dc: phaseOf(port) === phase ? highVolts : 0 }),
  );
}

function phaseOf(port: string): 1 | 2 {
  const kind = portKind(port);
  return kind === "VHOLD" || kind === "VLATCH" || (kind === "VCLK" && numberOf(port) % 2 === 0) ? 2 : 1;
}

function numberOf(port: string): number {
  return Number(/\d+$/.exec(port)?.[0] ?? 1);
}

function clockName(port: string): string {
  return `clock_${port.toLowerCase()}`;
}

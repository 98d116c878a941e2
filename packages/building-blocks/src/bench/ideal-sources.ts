import type { DeckElement, Waveform } from "@topogenie/core";

/** A voltage source from `plus` to `minus`; `values` are `dc`, `acmag`, `acphase`. */
export function voltageSource(
  name: string,
  plus: string,
  minus: string,
  values: Readonly<Record<string, number>>,
  waveform?: Waveform,
): DeckElement {
  return { kind: "voltage", name, nodes: [plus, minus], values, ...(waveform === undefined ? {} : { waveform }) };
}

/** `gain` times the voltage of `controlPlus` over `controlMinus`, between `plus` and `minus`. */
export function voltageAmplifier(
  name: string,
  plus: string,
  minus: string,
  controlPlus: string,
  controlMinus: string,
  gain: number,
): DeckElement {
  return { kind: "vcvs", name, nodes: [plus, minus, controlPlus, controlMinus], values: { gain } };
}

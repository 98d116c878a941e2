/** A circuit as AnalogGenie's and AnalogToBi's samplers write it: words joined by `->`, padded with `TRUNCATE` after its end. */
export interface TokenSequence {
  /** Without what leads the circuit and without its end. */
  readonly tokens: readonly string[];
  /** Whether there is a `TRUNCATE`: the sampler stopped by itself and not at its longest length. */
  readonly ended: boolean;
  /** What `CIRCUIT_…` at the beginning asks for, in this project's words; absent where it asks for nothing. */
  readonly asked?: string;
  /**
   * `pins`: a walk over devices and their pins (`VSS->NM1_S->NM1->NM1_D->…`); `bipartite`: devices and nets in turn, with the
   * pins that join them in between (`VSS->M_BS->NM1->M_D->NET1->…`).
   */
  readonly form: "pins" | "bipartite";
}

const END = "TRUNCATE";
const TYPE_PREFIX = "CIRCUIT_";
const JOINT = /^[MBRCLD]_[A-Z]+$/;

/** AnalogToBi's words for types of circuits. `General` asks for nothing. */
const askedTypes: ReadonlyMap<string, string> = new Map([
  ["Opamp", "opamp"],
  ["LDO", "ldo"],
  ["Voltage_Regulator", "ldo"],
  ["Bandgap_Ref", "bandgap"],
  ["Power_converter", "power-converter"],
  ["Oscillator", "vco"],
  ["Mirror", "current-mirror"],
  ["Mixer", "mixer"],
  ["Power_Amp", "pa"],
  ["PLL", "pll"],
  ["Filter", "filter"],
  ["Comparator", "comparator"],
  ["Switched_Cap", "sampler"],
  ["ADC_DAC", "data-converter"],
]);

/** Whether a text is a token sequence at all. */
export function isTokenSequence(text: string): boolean {
  return text.includes("->");
}

/**
 * A collection of sequences. Where none of them has a `TRUNCATE`, whoever published it cut off the padding and the end with it: then
 * every sequence counts as ended by itself; one that breaks off where no circuit is shows when it is read.
 */
export function readTokenSequences(texts: readonly string[]): TokenSequence[] {
  const sequences = texts.map(readTokenSequence);
  const isTrimmed = sequences.every(({ ended }) => !ended);
  return isTrimmed ? sequences.map((sequence) => ({ ...sequence, ended: true })) : sequences;
}

export function readTokenSequence(text: string): TokenSequence {
  const words = text
    .split("->")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const [first = ""] = words;
  const isLed = first.startsWith(TYPE_PREFIX);
  const asked = isLed ? askedTypes.get(first.slice(TYPE_PREFIX.length)) : undefined;
  const body = isLed ? words.slice(1) : words;
  const end = body.indexOf(END);
  const tokens = end < 0 ? body : body.slice(0, end);
  return {
    tokens,
    ended: end >= 0,
    ...(asked === undefined ? {} : { asked }),
    form: tokens.some((token) => JOINT.test(token)) ? "bipartite" : "pins",
  };
}

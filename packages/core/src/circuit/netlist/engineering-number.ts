/** Powers of ten; `mil` is a thousandth of an inch. */
const exponents: Readonly<Record<string, number>> = {
  t: 12,
  g: 9,
  meg: 6,
  k: 3,
  m: -3,
  u: -6,
  µ: -6,
  μ: -6,
  n: -9,
  p: -12,
  f: -15,
  a: -18,
};
const metresPerMil = 25.4e-6;

const pattern = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d+))?(meg|mil|[tgkmuµμnpfa])?[a-zω%]*$/;

/**
 * A number as SPICE writes it: `1.5`, `2e-6`, `10k`, `180n`, `1meg`, `4mil`, `10pF`; letters after the factor are units.
 * As in SPICE, case does not matter, so `M` is milli and `MEG` is mega. Undefined when the text is no number.
 */
export function parseEngineeringNumber(text: string): number | undefined {
  const match = pattern.exec(text.toLowerCase());
  if (match === null) return undefined;
  const [, mantissa = "", exponent = "0", factor] = match;
  if (factor === "mil") return Number(`${mantissa}e${exponent}`) * metresPerMil;
  // The factor is added to the exponent's text, so that 180n is exactly 180e-9: multiplying would round twice.
  return Number(`${mantissa}e${Number(exponent) + (factor === undefined ? 0 : (exponents[factor] ?? 0))}`);
}

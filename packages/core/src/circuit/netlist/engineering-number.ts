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

const suffixes: ReadonlyMap<number, string> = new Map([
  [12, "t"],
  [9, "g"],
  [6, "meg"],
  [3, "k"],
  [0, ""],
  [-3, "m"],
  [-6, "u"],
  [-9, "n"],
  [-12, "p"],
  [-15, "f"],
]);

/** A number as designers write it, such as `180n`; {@link parseEngineeringNumber} reads back exactly the same number. */
export function formatEngineeringNumber(value: number): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential());
  if (match === null || value === 0) return String(value);
  const [, sign = "", first = "", fraction = "", exponentText = ""] = match;
  const exponent = Number(exponentText);
  const thousands = Math.floor(exponent / 3) * 3;
  const suffix = suffixes.get(thousands);
  if (suffix === undefined) return String(value);
  const digits = (first + fraction).padEnd(3, "0");
  const whole = digits.slice(0, 1 + exponent - thousands);
  const rest = digits.slice(whole.length).replace(/0+$/, "");
  return `${sign}${whole}${rest === "" ? "" : `.${rest}`}${suffix}`;
}

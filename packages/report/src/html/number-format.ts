const prefixes = new Map([
  [-18, "a"],
  [-15, "f"],
  [-12, "p"],
  [-9, "n"],
  [-6, "µ"],
  [-3, "m"],
  [0, ""],
  [3, "k"],
  [6, "M"],
  [9, "G"],
  [12, "T"],
]);

/** Units that take a prefix; all others (dB, °, %, V/µs, …) are written as they are. */
const prefixed: ReadonlySet<string> = new Set([
  "Hz",
  "V",
  "A",
  "W",
  "F",
  "H",
  "s",
  "m",
  "Ω",
  "S",
  "J",
  "V/s",
  "V²/Hz",
  "V/√Hz",
  "C",
]);
const spelt: Readonly<Record<string, string>> = { ohm: "Ω", Ohm: "Ω", deg: "°", degree: "°", degrees: "°", "1": "" };

/** Three significant digits without a tail of zeros' noise: 71.2, 1.23, 456, 0.0123. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(digits));
  const exponent = Math.floor(Math.log10(Math.abs(rounded)));
  const text =
    exponent >= 7 || exponent < -4
      ? `${trimmed((rounded / 10 ** exponent).toPrecision(digits))}·10${superscript(exponent)}`
      : rounded.toFixed(Math.max(0, digits - 1 - exponent));
  return text.replace("-", "−");
}

/** A value with its unit and an engineering prefix: `1.23 MHz`, `4.5 µW`, `71.2 dB`. */
export function formatQuantity(value: number, unit: string, digits = 3): string {
  const name = spelt[unit] ?? unit;
  if (name === "" && Number.isInteger(value) && Math.abs(value) < 1e6) return formatCount(value).replace("-", "−");
  const gap = name === "" || name === "°" ? "" : "\u202f";
  if (!prefixed.has(name) || !Number.isFinite(value) || value === 0) return `${formatNumber(value, digits)}${gap}${name}`;
  const rounded = Number(value.toPrecision(digits));
  const exponent = Math.max(-18, Math.min(12, 3 * Math.floor(Math.floor(Math.log10(Math.abs(rounded)) + 1e-12) / 3)));
  return `${formatNumber(rounded / 10 ** exponent, digits)}\u202f${prefixes.get(exponent) ?? ""}${name}`;
}

/** A value that was asked for, not measured: as many digits as it was given, `60 dB` and not `60.0 dB`. */
export function formatBound(value: number, unit: string): string {
  const [number = "", ...name] = formatQuantity(value, unit, 6).split(/(?=[\u202f°])/);
  return `${trimmed(number)}${name.join("")}`;
}

/** Short form for a schematic: `10µ`, `4.5k`, `1.2p`, without the unit and without trailing zeros. */
export function formatSize(value: number, digits = 3): string {
  if (!Number.isFinite(value) || value === 0) return formatNumber(value, digits);
  const rounded = Number(value.toPrecision(digits));
  const exponent = Math.max(-18, Math.min(12, 3 * Math.floor(Math.floor(Math.log10(Math.abs(rounded)) + 1e-12) / 3)));
  return `${trimmed(formatNumber(rounded / 10 ** exponent, digits))}${prefixes.get(exponent) ?? ""}`;
}

/** Whole numbers with thin spaces between groups of three: `12 345`. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A share as a percentage: `3.4 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent.toFixed(percent > 0 && percent < 99.95 && percent < 10 ? 1 : percent > 99 && percent < 100 ? 1 : 0)}\u202f%`;
}

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function superscript(exponent: number): string {
  return String(exponent).replace(/[-\d]/g, (character) => (character === "-" ? "⁻" : ("⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(character)] ?? "")));
}

/** `VIN12` is of kind `VIN`, number 12; `VDD` is of kind `VDD` without a number. */
export function portKind(port: string): string {
  return port.replace(/\d+$/, "");
}

/** The supply rails, which every circuit of the dataset names alike. */
export const SUPPLY = "VDD";
export const GROUND_PORT = "VSS";

export function isRail(net: string): boolean {
  return net === SUPPLY || net === GROUND_PORT;
}

/** Kinds of ports that circuits of the AnalogGenie dataset have, apart from the rails, with what they stand for. */
export const knownPortKinds: ReadonlyMap<string, string> = new Map([
  ["VIN", "input voltage"],
  ["IIN", "input current"],
  ["VOUT", "output voltage"],
  ["IOUT", "output current"],
  ["VB", "bias voltage"],
  ["VBB", "body bias voltage"],
  ["IB", "bias current"],
  ["VREF", "reference voltage"],
  ["IREF", "reference current"],
  ["VCM", "common-mode voltage"],
  ["VCONT", "control voltage"],
  ["VCLK", "clock"],
  ["VLATCH", "latch clock"],
  ["VTRACK", "track clock"],
  ["VHOLD", "hold clock"],
  ["VRF", "radio-frequency input"],
  ["VLO", "local oscillator"],
  ["VIF", "intermediate-frequency output"],
  ["LOGICA", "logic input"],
  ["LOGICB", "logic input"],
  ["LOGICD", "logic input"],
  ["LOGICF", "logic output"],
  ["LOGICG", "logic output"],
  ["LOGICQ", "logic output"],
  ["LOGICQA", "logic output"],
  ["LOGICQB", "logic output"],
]);

/** Whether a net is named like a port: a rail, or a known kind with a number. Upper case only. */
export function isPortName(net: string): boolean {
  return isRail(net) || (/\d$/.test(net) && knownPortKinds.has(portKind(net)));
}

const byNumber = new Intl.Collator("en", { numeric: true });

/** VSS, VDD, then the others by name, numbers by value. */
export function comparePorts(a: string, b: string): number {
  return rank(a) - rank(b) || byNumber.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(port: string): number {
  if (port === GROUND_PORT) return 0;
  return port === SUPPLY ? 1 : 2;
}

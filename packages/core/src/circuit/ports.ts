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

import { type DeviceType, type SizedCircuit } from "@topogenie/core";
import { formatSize } from "../html/number-format.js";

export type DeviceSizes = SizedCircuit["sizes"];

/** What is written under a device's name: `10µ/180n ×2` for a transistor, `4.7k` for a resistor; nothing without sizes. */
export function sizeLine(device: string, type: DeviceType | undefined, sizes: DeviceSizes): string | undefined {
  const own = new Map(sizes.filter((size) => size.device === device).map((size) => [size.parameter, size.value]));
  if (own.size === 0) return undefined;
  const count = own.get("m");
  const times = count === undefined || count === 1 ? "" : ` ×${formatSize(count)}`;
  const [width, length] = [own.get("w"), own.get("l")];
  if (width !== undefined && length !== undefined) return `${formatSize(width)}/${formatSize(length)}${times}`;
  const order = type?.parameters.map(({ name }) => name) ?? [];
  const values = [...own]
    .filter(([parameter]) => parameter !== "m")
    .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([parameter, value]) => (parameter === "area" ? `area ${formatSize(value)}` : formatSize(value)));
  return `${values.join(", ")}${times}`;
}

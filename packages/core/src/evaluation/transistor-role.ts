import type { Circuit, Device } from "../circuit/circuit.js";
import { isRail, portKind } from "../circuit/ports.js";
import type { DeviceType } from "../contracts/device-type.js";

/** How a transistor is biased, in words: `nmos4 with its gate on VB and its source on VSS`. */
export function transistorRole(circuit: Circuit, device: Device, type: DeviceType): string {
  const [control, common, collecting] = type.spiceLetter === "q" ? ["B", "E", "C"] : ["G", "S", "D"];
  const netOf = (pin: string | undefined): string => device.nets[type.pins.findIndex(({ name }) => name === pin)] ?? "";
  const place = (net: string): string => {
    if (isRail(net)) return net;
    return circuit.isPort(net) ? portKind(net) : "an internal net";
  };
  const title = (pin: string | undefined): string =>
    type.pins.find(({ name }) => name === pin)?.title.toLowerCase() ?? String(pin);
  const controlPlace = netOf(control) === netOf(collecting) ? `its own ${title(collecting)}` : place(netOf(control));
  return `${type.name} with its ${title(control)} on ${controlPlace} and its ${title(common)} on ${place(netOf(common))}`;
}

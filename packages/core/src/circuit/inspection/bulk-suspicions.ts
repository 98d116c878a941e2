import type { DeviceType } from "../../contracts/device-type.js";
import type { Circuit } from "../circuit.js";
import { GROUND_PORT, SUPPLY } from "../ports.js";
import type { Suspicion } from "./inspection.js";

/** Bulks on the rail that would make their junctions conduct: n-channel ones on VDD, p-channel ones on VSS. */
export function bulkSuspicions(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): Suspicion[] {
  const wrong = circuit.devices.filter(({ type, nets }) => {
    const deviceType = deviceTypes.get(type);
    const bulk = deviceType?.pins.findIndex(({ name }) => name === "B") ?? -1;
    if (deviceType?.spiceLetter !== "m" || bulk < 0) return false;
    const isP = deviceType.models.some((model) => model.type === "pmos");
    return nets[bulk] === (isP ? GROUND_PORT : SUPPLY);
  });
  if (wrong.length === 0) return [];
  const names = wrong.slice(0, 5).map(({ name }) => name);
  const more = wrong.length > names.length ? ` and ${wrong.length - names.length} more` : "";
  const message = `The bulk of ${names.join(", ")}${more} is on the wrong rail: its junctions would conduct.`;
  return [{ circuit: circuit.name, kind: "bulk", message }];
}

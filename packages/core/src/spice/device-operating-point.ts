import type { DeckElement, ModelCard } from "../contracts/deck.js";
import type { DeviceOperatingPoint } from "../contracts/simulator.js";
import { deckError } from "./check-deck.js";
import { spiceName } from "./write-deck.js";

/** Below threshold by more than this, a MOS channel carries nothing that matters (about 3 decades of weak inversion). */
const SUBTHRESHOLD_VOLTS = 0.25;
/** From this forward voltage on a silicon junction is taken to conduct. */
const JUNCTION_VOLTS = 0.4;

/** The engine's expressions for what is read of a device, in the order in which {@link readDevice} takes them. */
export function deviceVectors(element: DeckElement, models: ReadonlyMap<string, ModelCard>): readonly string[] {
  const name = spiceName(element);
  return parameterNames(element, models).map((parameter) => `@${name}[${parameter}]`);
}

function parameterNames(element: DeckElement, models: ReadonlyMap<string, ModelCard>): readonly string[] {
  switch (element.kind) {
    case "mosfet": {
      return ["id", "gm", "gds", isEarlyLevel(element, models) ? "von" : "vth", "vdsat"];
    }
    case "bipolar":
      return ["ic", "gm", "go"];
    case "diode":
      return ["id", "gd"];
    default:
      throw deckError(`element "${element.name}"`, `a ${element.kind} has no operating point of its own.`);
  }
}

/**
 * A device's operating point from its vectors and its nodes' voltages. Voltages and currents are signed as measured at
 * the terminals, so they are negative in a conducting p-channel or pnp device; gm and gds are positive.
 * Bipolars: gds is the output conductance, vgs and vds stand for vbe and vce; vth and vdsat are 0.
 * Diodes: gds is the conductance, vds the forward voltage; the rest is 0.
 */
export function readDevice(
  element: DeckElement,
  models: ReadonlyMap<string, ModelCard>,
  vectors: readonly number[],
  volts: (node: string) => number,
): DeviceOperatingPoint {
  const [current = Number.NaN, second = Number.NaN, third = Number.NaN, fourth = 0, fifth = 0] = vectors;
  const [a = "0", b = "0", c = "0"] = element.nodes.map(String);
  const type = models.get(element.model ?? "")?.type;
  if (element.kind === "diode") {
    const vds = volts(a) - volts(b);
    const region = vds >= JUNCTION_VOLTS ? "active" : vds < 0 ? "reverse" : "off";
    return { id: current, gm: 0, gds: second, vgs: 0, vds, vth: 0, vdsat: 0, region };
  }
  if (element.kind === "bipolar") {
    const sign = type === "pnp" ? -1 : 1;
    const vbe = volts(b) - volts(c);
    const vce = volts(a) - volts(c);
    return {
      id: current,
      gm: second,
      gds: third,
      vgs: vbe,
      vds: vce,
      vth: 0,
      vdsat: 0,
      region: bipolarRegion(sign * vbe, sign * (vbe - vce)),
    };
  }
  const sign = type === "pmos" ? -1 : 1;
  const vgs = volts(b) - volts(c);
  const vds = volts(a) - volts(c);
  // Early levels print the threshold signed, the BSIM models as if every device were n-channel; all print the current so.
  const vthAsN = isEarlyLevel(element, models) ? sign * fourth : fourth;
  return {
    id: sign * current,
    gm: Math.abs(second),
    gds: third,
    vgs,
    vds,
    vth: sign * vthAsN,
    vdsat: sign * Math.abs(fifth),
    region: mosRegion(sign * vgs, sign * vds, vthAsN, Math.abs(fifth)),
  };
}

/** Levels 1, 2, 3, 6 and 9 call the threshold with body effect "von"; the BSIM models call it "vth". */
function isEarlyLevel(element: DeckElement, models: ReadonlyMap<string, ModelCard>): boolean {
  return [1, 2, 3, 6, 9].includes(models.get(element.model ?? "")?.parameters.level ?? 1);
}

function mosRegion(vgs: number, vds: number, vth: number, vdsat: number): DeviceOperatingPoint["region"] {
  // A channel whose drain lies below its source works with the two exchanged.
  const drive = vds >= 0 ? vgs : vgs - vds;
  if (drive < vth - SUBTHRESHOLD_VOLTS) return "off";
  if (drive < vth) return "subthreshold";
  return Math.abs(vds) < vdsat ? "triode" : "saturation";
}

function bipolarRegion(vbe: number, vbc: number): DeviceOperatingPoint["region"] {
  if (vbe >= JUNCTION_VOLTS) return vbc >= JUNCTION_VOLTS ? "saturation" : "active";
  return vbc >= JUNCTION_VOLTS ? "reverse" : "off";
}

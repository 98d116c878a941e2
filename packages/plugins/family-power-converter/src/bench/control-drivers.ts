import { type ActiveDevice, voltageAmplifier, voltageSource } from "@topogenie/building-blocks";
import { GROUND, type BiasVariable, type DeckElement, type ModelCard } from "@topogenie/core";

/** Feeds every driver, so that its current is what driving the control ports costs. */
export const DRIVE_SOURCE = "drive";
const DRIVE_NODE = "tb_drive";
const TRIANGLE_NODE = "tb_triangle";
const LEVEL_NODE = "tb_level";
/** Share of the period between the end of one phase and the start of the other, twice. */
const DEAD_SHARE = 0.02;

export interface ControlDrivers {
  readonly elements: readonly DeckElement[];
  readonly models: readonly ModelCard[];
  readonly variables: readonly BiasVariable[];
}

/**
 * Pulse-width modulation of every control port. A fixed triangle `t` and a level `u`, the duty cycle, both from -1/2 to 1/2,
 * are compared: a port is active while `p u + q t` is above the dead time. The signs of p and q give the four phases of a
 * converter: active from the middle of the period, its complement, and both half a period later. They are the port's design
 * variables and start at the phase of the port's number: 1 and 2 exclude each other, 3 and 4 are these half a period later.
 * A port at p gates alone is active low.
 * Each driver has two switches with resistance, so a port is no ideal source that could serve as the converter's own switch.
 */
export function controlDrivers(
  ports: readonly { readonly port: string; readonly node: string }[],
  devices: readonly ActiveDevice[],
  { highVolts, periodS, driverOhms }: { readonly highVolts: number; readonly periodS: number; readonly driverOhms: number },
): ControlDrivers {
  if (ports.length === 0) return { elements: [], models: [], variables: [] };
  const edge = periodS / 2;
  const elements: DeckElement[] = [
    voltageSource(DRIVE_SOURCE, DRIVE_NODE, GROUND, { dc: highVolts }),
    voltageSource(
      "triangle",
      TRIANGLE_NODE,
      GROUND,
      { dc: -0.5 },
      { kind: "pulse", low: -0.5, high: 0.5, delayS: 0, riseS: edge * 0.999, fallS: edge * 0.999, widthS: edge * 0.001, periodS },
    ),
    voltageSource("level", LEVEL_NODE, GROUND, { dc: 0 }),
  ];
  const variables: BiasVariable[] = [
    {
      name: "duty",
      title: "Duty cycle less one half",
      unit: "1",
      minimum: -0.45,
      maximum: 0.45,
      scale: "linear",
      default: 0,
      sets: ["level.dc"],
    },
  ];
  for (const { port, node } of ports) {
    const name = port.toLowerCase();
    const { level, swing } = phaseOf(port);
    const [compare, half] = [`tb_compare_${name}`, `tb_half_${name}`];
    const [high, low] = activeLow(node, devices) ? ["below", "above"] : ["above", "below"];
    elements.push(
      voltageAmplifier(`${name}_level`, compare, half, LEVEL_NODE, GROUND, level),
      voltageAmplifier(`${name}_swing`, half, GROUND, TRIANGLE_NODE, GROUND, swing),
      { kind: "switch", name: `${name}_up`, nodes: [DRIVE_NODE, node, compare, GROUND], values: {}, model: high },
      { kind: "switch", name: `${name}_down`, nodes: [node, GROUND, compare, GROUND], values: {}, model: low },
    );
    variables.push(
      phaseVariable(port, "level", "whether the duty cycle lengthens (1) or shortens (-1) its activity", level),
      phaseVariable(port, "swing", "whether it is active at the triangle's peak (1) or trough (-1)", swing),
    );
  }
  const shared = { ron: driverOhms, roff: 1e9, vh: 1e-3 };
  return {
    elements,
    variables,
    models: [
      { name: "above", type: "sw", parameters: { ...shared, vt: DEAD_SHARE } },
      // Closed while the comparison is below: the same threshold with the resistances exchanged.
      { name: "below", type: "sw", parameters: { ...shared, vt: DEAD_SHARE, ron: shared.roff, roff: shared.ron } },
    ],
  };
}

/** Phases in the order of port numbers: 1, its complement, then both half a period later, and again. */
function phaseOf(port: string): { readonly level: 1 | -1; readonly swing: 1 | -1 } {
  const index = Number(/\d+$/.exec(port)?.[0] ?? 1) + 3;
  const level = index % 2 === 0 ? 1 : -1;
  const later = index % 4 >= 2;
  return { level, swing: (level === 1) === later ? 1 : -1 };
}

function phaseVariable(port: string, what: "level" | "swing", title: string, start: number): BiasVariable {
  return {
    name: `${port}.${what}`,
    title: `Phase of ${port}: ${title}`,
    unit: "1",
    minimum: -1,
    maximum: 1,
    scale: "linear",
    default: start,
    sets: [`${port.toLowerCase()}_${what}.gain`],
  };
}

function activeLow(node: string, devices: readonly ActiveDevice[]): boolean {
  const driven = devices.filter(({ control }) => control === node);
  return driven.length > 0 && driven.every(({ polarity }) => polarity === "p");
}

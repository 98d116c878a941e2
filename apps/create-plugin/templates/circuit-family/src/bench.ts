import { GROUND, SUPPLY, type Circuit, type DeviceUnderTest, type Testbench } from "@topogenie/core";
import type { MirrorOptions } from "./options.js";

export const BENCHES = ["reference", "doubled"] as const;
const STEP_VOLTS = 0.02;

/** Whether the mirror sinks its output current: n channels are at the output. */
function sinks(circuit: Circuit): boolean {
  const pins = circuit.nets.get("IOUT1") ?? [];
  const at = (type: string): number => pins.filter(({ device }) => circuit.devices[device]?.type === type).length;
  return at("nmos4") >= at("pmos4");
}

/** The reference current flows in, and the output is swept from its rail to the other. */
export function mirrorBench(name: string, dut: DeviceUnderTest, { supplyVolts }: MirrorOptions, amperes: number): Testbench {
  const node = (net: string): string => dut.node(net);
  const sinking = sinks(dut.circuit);
  const ports = dut.circuit.ports.filter((port) => port.startsWith("VB"));
  const start = sinking ? 0.55 * supplyVolts : 0.45 * supplyVolts;
  return {
    name,
    deck: {
      title: `current mirror ${dut.circuit.name}`,
      elements: [
        ...dut.elements,
        { kind: "voltage", name: "supply", nodes: [node(SUPPLY), GROUND], values: { dc: supplyVolts } },
        { kind: "current", name: "reference", nodes: [node(SUPPLY), node("IB1")], values: { dc: amperes } },
        // The sweep runs from the output's own rail towards the other.
        {
          kind: "voltage",
          name: "output",
          nodes: sinking ? [node("IOUT1"), GROUND] : [node(SUPPLY), node("IOUT1")],
          values: { dc: supplyVolts / 2 },
        },
        ...ports.map((port) => ({
          kind: "voltage" as const,
          name: `bias_${port.toLowerCase()}`,
          nodes: [node(port), GROUND],
          values: { dc: start },
        })),
      ],
      models: dut.models,
    },
    variables: ports.map((port) => ({
      name: port,
      title: `Voltage at ${port}`,
      unit: "V",
      minimum: 0,
      maximum: supplyVolts,
      scale: "linear" as const,
      default: start,
      sets: [`bias_${port.toLowerCase()}.dc`],
    })),
    analyses: [{ kind: "op" }, { kind: "dc", source: "output", start: 0, stop: supplyVolts, step: STEP_VOLTS }],
    save: ["i(output)"],
    timeoutMs: 30_000,
  };
}

import { GROUND, SUPPLY } from "@topogenie/core";

export const BENCHES = ["reference", "doubled"];
const STEP_VOLTS = 0.02;

/** Whether the mirror sinks its output current: n channels are at the output. */
function sinks(circuit) {
  const at = (type) => (circuit.nets.get("IOUT1") ?? []).filter(({ device }) => circuit.devices[device].type === type).length;
  return at("nmos4") >= at("pmos4");
}

/** @returns {import("@topogenie/core").Testbench} */
export function mirrorBench(name, dut, { supplyVolts }, amperes) {
  const node = (net) => dut.node(net);
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
          kind: "voltage",
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
      scale: "linear",
      default: start,
      sets: [`bias_${port.toLowerCase()}.dc`],
    })),
    analyses: [{ kind: "op" }, { kind: "dc", source: "output", start: 0, stop: supplyVolts, step: STEP_VOLTS }],
    save: ["i(output)"],
    timeoutMs: 30_000,
  };
}

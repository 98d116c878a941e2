import { controlPins, signalReaches } from "@topogenie/building-blocks";
import { portKind, type Circuit, type DeviceType, type ElectricalRule } from "@topogenie/core";

/** The output is sensed by a transistor other than as its mere load: at a gate or base, or at a source whose drain leads back. */
export const feedbackPath: ElectricalRule = {
  name: "ldo-feedback-path",
  title: "The output is fed back to a transistor that steers it",
  check: (circuit, deviceTypes) => {
    const outputs = circuit.ports.filter((port) => portKind(port) === "VOUT");
    if (outputs.length === 0 || outputs.some((port) => isFedBack(circuit, deviceTypes, port))) return [];
    const message = "Nothing senses the output: no path leads from it to the control terminal of a device that drives it.";
    return [{ rule: "ldo-feedback-path", message, devices: [], nets: outputs }];
  },
};

/** Whether a signal leaving the output arrives at the control pin of a transistor that conducts to the output. */
function isFedBack(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>, output: string): boolean {
  const gates = new Set(
    (circuit.nets.get(output) ?? []).flatMap(({ device }) => {
      const { type: name, nets } = circuit.devices[device] ?? { type: "", nets: [] };
      const type = deviceTypes.get(name);
      return type === undefined ? [] : [...controlPins(type)].map((pin) => nets[pin] ?? "");
    }),
  );
  gates.delete(output);
  const inputs = new Set(circuit.ports.filter((port) => portKind(port) === "VIN"));
  return signalReaches(circuit, deviceTypes, output, (net) => gates.has(net), inputs);
}

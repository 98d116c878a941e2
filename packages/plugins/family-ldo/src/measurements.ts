import type { Measurement } from "@topogenie/core";

export const measurements: readonly Measurement[] = [
  {
    name: "outputVoltage",
    title: "Output voltage",
    unit: "V",
    better: "higher",
    method: "Output at full load and nominal supply.",
  },
  {
    name: "loadRegulation",
    title: "Load regulation",
    unit: "%",
    better: "lower",
    method: "Span of the output over loads from light to full at nominal supply, of the output at full load.",
  },
  {
    name: "lineRegulation",
    title: "Line regulation",
    unit: "%",
    better: "lower",
    method: "Span of the output over a supply 10 % below to 10 % above nominal at full load, of the output at nominal supply.",
  },
  {
    name: "dropout",
    title: "Dropout voltage",
    unit: "V",
    better: "lower",
    method: "Supply less output at full load where the output, as the supply sinks, has lost 2 % of its value at nominal supply.",
  },
  {
    name: "referenceError",
    title: "Deviation from the reference's multiple",
    unit: "%",
    better: "lower",
    method:
      "Deviation of the output from the reference voltage times the output's gain from it, which a sweep of the reference by 10 mV to either side tells; of the output.",
  },
  {
    name: "portCurrent",
    title: "Current of reference and bias ports",
    unit: "A",
    better: "lower",
    method: "Greatest current, either way, through a voltage source at a reference or bias port over all loads.",
  },
  {
    name: "quiescentCurrent",
    title: "Quiescent current",
    unit: "A",
    better: "lower",
    method: "Current out of the supply, the reference and every bias voltage, less the load's; at the load where it is most.",
  },
  {
    name: "supplyRejection",
    title: "Power supply rejection at 1 kHz",
    unit: "dB",
    better: "higher",
    method: "Supply ripple over output ripple at 1 kHz and full load.",
  },
  {
    name: "outputCapacitance",
    title: "Output capacitance",
    unit: "F",
    better: "lower",
    method:
      "The load's capacitance and each capacitor of the circuit's own from the output to ground, series resistors aside, by its current over its voltage at 1 kHz.",
  },
  {
    name: "outputDeviation",
    title: "Output deviation after a load step",
    unit: "V",
    better: "lower",
    method: "Farthest departure from the value before the step while the load goes from light to full and back in 100 ns.",
  },
  {
    name: "settlingError",
    title: "Unrest after a load step",
    unit: "%",
    better: "lower",
    method: "Span of the output in the last 1 us of 4 us after either step, of its value before; an unstable loop shows here.",
  },
];

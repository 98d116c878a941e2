import type { Amplifier } from "./amplifiers.js";
import type { Switches } from "./switches.js";

export interface ActiveStructure {
  readonly title: string;
  readonly citation: string;
  /** Whether the amplifier's output must reach where its own input stands over the whole signal. */
  readonly needsSwing: boolean;
  draw(switches: Switches, amplifier: Amplifier): void;
}

const CARUSONE = "Carusone, Johns, Martin, Analog Integrated Circuit Design";
const SC = `${CARUSONE}, ch. 14 (switched-capacitor circuits)`;
/** Half the supply, which signals are referred to. */
const COMMON = "VCM1";

export const activeStructures: readonly ActiveStructure[] = [
  {
    title: "sample and hold with a unity-gain buffer",
    citation: `${CARUSONE}, ch. 11 (sample-and-hold circuits)`,
    needsSwing: true,
    draw: (switches, amplifier) => {
      const held = switches.view.net();
      switches.draw("VIN1", held, 1);
      switches.view.capacitor(held, "VSS");
      amplifier.draw(switches.view, [held, "VOUT1"], "VOUT1");
    },
  },
  {
    title: "flip-around sample and hold",
    citation: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 13 (unity-gain sampler)",
    needsSwing: true,
    draw: (switches, amplifier) => {
      const [plate, sum] = [switches.view.net(), switches.view.net()];
      switches.draw("VIN1", plate, 1);
      switches.view.capacitor(plate, sum);
      switches.draw("VOUT1", sum, 3);
      switches.draw(plate, "VOUT1", 2);
      amplifier.draw(switches.view, [COMMON, sum], "VOUT1");
    },
  },
  {
    title: "non-inverting gain stage",
    citation: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 13 (noninverting amplifier)",
    needsSwing: true,
    draw: (switches, amplifier) => {
      const [plate, sum] = [switches.view.net(), switches.view.net()];
      switches.draw("VIN1", plate, 1);
      switches.view.capacitor(plate, sum);
      switches.view.capacitor(sum, "VOUT1");
      switches.draw("VOUT1", sum, 3);
      switches.draw(plate, COMMON, 2);
      amplifier.draw(switches.view, [COMMON, sum], "VOUT1");
    },
  },
  {
    title: "multiply-by-two stage",
    citation: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 13 (precision multiply-by-two circuit)",
    needsSwing: true,
    draw: (switches, amplifier) => {
      const [first, second, sum] = [switches.view.net(), switches.view.net(), switches.view.net()];
      for (const plate of [first, second]) {
        switches.draw("VIN1", plate, 1);
        switches.view.capacitor(plate, sum);
      }
      switches.draw("VOUT1", sum, 3);
      switches.draw(first, COMMON, 2);
      switches.draw(second, "VOUT1", 2);
      amplifier.draw(switches.view, [COMMON, sum], "VOUT1");
    },
  },
  {
    title: "first-order low-pass filter",
    citation: `${CARUSONE}, ch. 14 (first-order switched-capacitor filters)`,
    needsSwing: false,
    draw: (switches, amplifier) => {
      const [left, right, sum, damping] = [switches.view.net(), switches.view.net(), switches.view.net(), switches.view.net()];
      switches.draw("VIN1", left, 1);
      switches.draw(left, COMMON, 2);
      switches.view.capacitor(left, right);
      switches.draw(right, COMMON, 1);
      switches.draw(right, sum, 2);
      switches.view.capacitor(sum, "VOUT1");
      // A switched capacitor across the integrator's takes the place of a resistor.
      switches.draw(damping, "VOUT1", 2);
      switches.draw(damping, COMMON, 1);
      switches.view.capacitor(damping, right);
      amplifier.draw(switches.view, [COMMON, sum], "VOUT1");
    },
  },
  {
    title: "gain stage with correlated double sampling",
    citation:
      "Martin, Ozcolak, Lee, Temes, A differential switched-capacitor amplifier, IEEE J. Solid-State Circuits 22 (1987); " + SC,
    needsSwing: false,
    draw: (switches, amplifier) => {
      const [plate, sum, back, store] = [switches.view.net(), switches.view.net(), switches.view.net(), switches.view.net()];
      switches.draw("VIN1", plate, 2);
      switches.draw(plate, COMMON, 1);
      switches.view.capacitor(plate, sum);
      switches.view.capacitor(sum, back);
      switches.draw(back, COMMON, 1);
      switches.draw(back, "VOUT1", 2);
      // Holds the output near its value while the amplifier's offset is sampled.
      switches.view.capacitor("VOUT1", store);
      switches.draw(store, sum, 1);
      switches.draw(store, COMMON, 2);
      amplifier.draw(switches.view, [COMMON, sum], "VOUT1");
    },
  },
  {
    title: "closed-loop sample and hold",
    citation: `${CARUSONE}, ch. 11 (sample-and-hold with the switch in a feedback loop)`,
    needsSwing: true,
    draw: (switches, amplifier) => {
      const [sensed, held] = [switches.view.net(), switches.view.net()];
      amplifier.draw(switches.view, ["VIN1", held], sensed);
      switches.draw(sensed, held, 1);
      switches.view.capacitor(held, "VSS");
      switches.view.n("VDD", held, "VOUT1");
      switches.view.n("VOUT1", "VB9", "VSS");
    },
  },
];

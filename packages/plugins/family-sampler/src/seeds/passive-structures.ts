import type { Switches } from "./switches.js";

export interface PassiveStructure {
  readonly title: string;
  readonly citation: string | undefined;
  draw(switches: Switches): void;
}

const RAZAVI = "Razavi, Principles of Data Conversion System Design, ch. 3 (sample-and-hold architectures)";
const CARUSONE = "Carusone, Johns, Martin, Analog Integrated Circuit Design, ch. 11 (sample-and-hold circuits)";

function hold(switches: Switches, input: string, output: string): void {
  switches.draw(input, output, 1);
  switches.view.capacitor(output, "VSS");
}

/** @param up whether the follower is an n channel, which lowers its signal by a gate-source voltage */
function follow(switches: Switches, input: string, output: string, up: boolean): void {
  const side = up ? switches.view : switches.view.mirror;
  side.n(side.high, input, output);
  side.n(output, up ? "VB1" : "VB2", side.low);
}

export const passiveStructures: readonly PassiveStructure[] = [
  { title: "sample and hold", citation: undefined, draw: (switches) => hold(switches, "VIN1", "VOUT1") },
  {
    title: "sample and hold with an n follower",
    citation: CARUSONE,
    draw: (switches) => {
      const held = switches.view.net();
      hold(switches, "VIN1", held);
      follow(switches, held, "VOUT1", true);
    },
  },
  {
    title: "sample and hold with a p follower",
    citation: CARUSONE,
    draw: (switches) => {
      const held = switches.view.net();
      hold(switches, "VIN1", held);
      follow(switches, held, "VOUT1", false);
    },
  },
  {
    title: "master and slave sample and hold",
    citation: RAZAVI,
    draw: (switches) => {
      const [first, buffered] = [switches.view.net(), switches.view.net()];
      hold(switches, "VIN1", first);
      follow(switches, first, buffered, true);
      switches.draw(buffered, "VOUT1", 2);
      switches.view.capacitor("VOUT1", "VSS");
    },
  },
  {
    title: "differential sample and hold",
    citation: RAZAVI,
    draw: (switches) => {
      hold(switches, "VIN1", "VOUT1");
      hold(switches, "VIN2", "VOUT2");
    },
  },
  {
    title: "differential sample and hold across one capacitor",
    citation: RAZAVI,
    draw: (switches) => {
      switches.draw("VIN1", "VOUT1", 1);
      switches.draw("VIN2", "VOUT2", 1);
      switches.view.capacitor("VOUT1", "VOUT2");
    },
  },
  {
    title: "bottom-plate sampling",
    citation: "Carusone, Johns, Martin, Analog Integrated Circuit Design, ch. 14 (charge injection, bottom-plate sampling)",
    draw: (switches) => {
      const bottom = switches.view.net();
      switches.draw("VIN1", "VOUT1", 1);
      switches.view.capacitor("VOUT1", bottom);
      switches.low(bottom, "VSS", 3);
    },
  },
  {
    title: "differential sample and hold with n followers",
    citation: RAZAVI,
    draw: (switches) => {
      for (const side of [1, 2]) {
        const held = switches.view.net();
        hold(switches, `VIN${side}`, held);
        follow(switches, held, `VOUT${side}`, true);
      }
    },
  },
];

import type { Schematic } from "@topogenie/building-blocks";
import type { StageKit } from "./stage.js";

/** Inverters between a control port and a switch of either type; `n` switches need an even number, `p` switches an odd one. */
export interface DriverPlan {
  readonly title: string;
  readonly citation: string | undefined;
  readonly stagesN: 0 | 2 | 4;
  readonly stagesP: 0 | 1 | 3;
}

const WESTE = "Weste, Harris, CMOS VLSI Design, ch. 4 (chains of inverters that drive large loads)";

export const driverPlans: readonly DriverPlan[] = [
  { title: "", citation: undefined, stagesN: 0, stagesP: 0 },
  { title: "drivers of one and two inverters", citation: WESTE, stagesN: 2, stagesP: 1 },
  { title: "drivers of three and four inverters", citation: WESTE, stagesN: 4, stagesP: 3 },
];

const counts = ["no", "one", "two", "three", "four"] as const;

/** Switches of the two types behind chains of unlike lengths, where the one gate is heavier than the other. */
export const mixedDriverPlans: readonly DriverPlan[] = ([0, 2, 4] as const).flatMap((stagesN) =>
  ([0, 1, 3] as const)
    .filter((stagesP) => !driverPlans.some((plan) => plan.stagesN === stagesN && plan.stagesP === stagesP))
    .map((stagesP) => ({
      title: `drivers of ${counts[stagesN]} inverters at n switches and of ${counts[stagesP]} at p switches`,
      citation: WESTE,
      stagesN,
      stagesP,
    })),
);

export function drawInverter(view: Schematic, input: string, output: string): void {
  view.p(output, input, view.high);
  view.n(output, input, view.low);
}

/**
 * Gate nets by phase, each drawn once. A switch driven from a port directly shares that port only with switches of its own type,
 * since a port at p gates alone is active low; one behind inverters always counts as active high.
 */
export function gates(view: Schematic, plan: DriverPlan): Pick<StageKit, "n" | "p" | "clock"> {
  const nets = new Map<string, string>();
  const once = (key: string, draw: () => string): string => {
    const net = nets.get(key) ?? draw();
    nets.set(key, net);
    return net;
  };
  /** Ports are numbered when the whole circuit is drawn; until then a control net is named after its phase. */
  const portOf = (key: string): string => `phase:${key}`;
  const chain = (from: string, stages: number): string => {
    let net = from;
    for (let stage = 0; stage < stages; stage++) {
      const next = view.net();
      drawInverter(view, net, next);
      net = next;
    }
    return net;
  };
  return {
    n: (phase) => once(`n${phase}`, () => chain(portOf(plan.stagesN === 0 ? `n${phase}` : `${phase}`), plan.stagesN)),
    p: (phase) => once(`p${phase}`, () => chain(portOf(plan.stagesP === 0 ? `p${phase}` : `${phase}`), plan.stagesP)),
    clock: (phase) => once(`c${phase}`, () => chain(portOf(`${phase}`), Math.max(2, plan.stagesN))),
  };
}

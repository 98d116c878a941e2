import type { ModelCard } from "@topogenie/core";

/** One unit: 10 um by 10 um of p+ in n-well. The README says where each value comes from. */
export const diodeCard: ModelCard = {
  name: "diode180",
  type: "d",
  parameters: {
    is: 1e-16,
    n: 1,
    rs: 20,
    cjo: 104e-15,
    vj: 0.75,
    m: 0.4,
    fc: 0.5,
    tt: 5e-9,
    bv: 9,
    ibv: 1e-6,
    eg: 1.11,
    xti: 3,
    tnom: 27,
  },
};

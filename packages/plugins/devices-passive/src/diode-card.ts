import type { ModelCard } from "@topogenie/core";

export const diodeCard: ModelCard = {
  name: "diode180",
  type: "d",
  parameters: { is: 1e-16, n: 1.05, rs: 20, cjo: 50e-15, vj: 0.75, m: 0.4, tt: 1e-9 },
};

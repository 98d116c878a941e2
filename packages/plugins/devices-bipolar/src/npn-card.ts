import type { ModelCard } from "@topogenie/core";

export const npnCard: ModelCard = {
  name: "npn180",
  type: "npn",
  parameters: { is: 1e-17, bf: 100, nf: 1, vaf: 50, rb: 100, re: 5, rc: 50, cje: 20e-15, cjc: 15e-15, tf: 10e-12 },
};

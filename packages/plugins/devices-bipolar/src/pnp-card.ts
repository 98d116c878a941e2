import type { ModelCard } from "@topogenie/core";

export const pnpCard: ModelCard = {
  name: "pnp180",
  type: "pnp",
  parameters: { is: 5e-18, bf: 20, nf: 1, vaf: 50, rb: 100, re: 5, rc: 50, cje: 20e-15, cjc: 15e-15, tf: 10e-12 },
};

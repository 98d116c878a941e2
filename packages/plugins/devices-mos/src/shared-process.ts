/** What both transistors of the process share; see the package's README for where each value comes from. */
export const sharedProcess = {
  level: 14,
  version: 4.8,
  tnom: 27,

  // Geometry
  toxe: 4.1e-9,
  toxm: 4.1e-9,
  xj: 1.2e-7,
  lint: 1e-8,
  wint: 0,
  dmcg: 0.24e-6,
  dmci: 0.24e-6,

  // Threshold: no halo, no narrow-width and no substrate-profile shift, so that vth0 is the threshold of every size.
  lpe0: 0,
  lpeb: 0,
  dvtp0: 0,
  dvt0w: 0,
  k2: 0,
  k3: 0,
  k3b: 0,
  dvt0: 2.2,
  dvt1: 0.53,
  dvt2: 0,

  // No effect that a 4.1 nm oxide does not show: gate current, gate-induced drain leakage
  igcmod: 0,
  igbmod: 0,

  // Overlap and fringe are one capacitance: the published 0.35 fF/um holds both.
  capmod: 2,
  cgso: 3.5e-10,
  cgdo: 3.5e-10,
  cgbo: 0,
  cf: 0,

  tnoimod: 0,
  fnoimod: 1,
  ef: 1,
} as const;

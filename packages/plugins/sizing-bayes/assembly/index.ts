export { factorize, invert, multiply, solve } from "./algebra";
export { features } from "./features";
export { likelihoodSlopes } from "./likelihood";
export { covariance, crossKernel, pairDistances, pairKernels } from "./matern";

/** Where the host may begin to put its numbers. */
export function firstFree(): usize {
  return (__heap_base + 15) & ~15;
}

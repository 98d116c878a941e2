import type { Rng } from "../../runtime/rng.js";

/** A point of the unit cube. */
type Point = Float64Array;

/**
 * Simulated binary crossover, bounded (Deb and Agrawal, "Simulated binary crossover for continuous search space", Complex
 * Systems 9, 1995; the bounded spread factor as in Deb's NSGA-II code): two children around two parents, as near to them as
 * single-point crossover of binary strings would put them. Each coordinate is crossed with probability one half.
 * @param eta distribution index; the greater, the nearer the children are to their parents
 */
export function simulatedBinaryCrossover(one: Point, other: Point, eta: number, rng: Rng): [Point, Point] {
  const left = one.slice();
  const right = other.slice();
  for (let i = 0; i < one.length; i++) {
    const a = one[i] ?? 0;
    const b = other[i] ?? 0;
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    const distance = high - low;
    if (rng.uniform() >= 0.5 || distance < 1e-14) continue;
    const u = rng.uniform();
    const nearLow = (low + high - spread(1 + (2 * low) / distance, eta, u) * distance) / 2;
    const nearHigh = (low + high + spread(1 + (2 * (1 - high)) / distance, eta, u) * distance) / 2;
    const swap = rng.uniform() < 0.5;
    left[i] = intoUnit(swap ? nearHigh : nearLow);
    right[i] = intoUnit(swap ? nearLow : nearHigh);
  }
  return [left, right];
}

/** @param room distance to the bound, as a multiple of the parents' distance: no child falls beyond it */
function spread(room: number, eta: number, u: number): number {
  const alpha = 2 - room ** -(eta + 1);
  return u <= 1 / alpha ? (u * alpha) ** (1 / (eta + 1)) : (1 / (2 - u * alpha)) ** (1 / (eta + 1));
}

/**
 * Polynomial mutation, bounded (Deb and Goyal, "A combined genetic adaptive search (GeneAS) for engineering design",
 * Computer Science and Informatics 26, 1996; bounds as in Deb's NSGA-II code). Changes `x` in place.
 * @param rate probability that a coordinate is changed
 * @param eta distribution index; the greater, the smaller the change
 */
export function polynomialMutation(x: Point, rate: number, eta: number, rng: Rng): void {
  for (let i = 0; i < x.length; i++) {
    if (rng.uniform() >= rate) continue;
    const at = x[i] ?? 0;
    const u = rng.uniform();
    const power = 1 / (eta + 1);
    const step =
      u < 0.5
        ? (2 * u + (1 - 2 * u) * (1 - at) ** (eta + 1)) ** power - 1
        : 1 - (2 * (1 - u) + 2 * (u - 0.5) * at ** (eta + 1)) ** power;
    x[i] = intoUnit(at + step);
  }
}

/**
 * A parent moved by the scaled difference of two others (Storn and Price, "Differential evolution", Journal of Global
 * Optimization 11, 1997): steps take the direction and length in which the population lies, which helps where variables
 * must change together. A coordinate that would leave the cube is bounced back by a random part of the way.
 * @param weight how much of the difference is taken
 * @param rate probability that a coordinate moves; one always does
 */
export function differentialVariation(base: Point, one: Point, other: Point, weight: number, rate: number, rng: Rng): Point {
  const child = base.slice();
  const always = rng.integer(base.length);
  for (let i = 0; i < base.length; i++) {
    if (rng.uniform() >= rate && i !== always) continue;
    const at = base[i] ?? 0;
    const moved = at + weight * ((one[i] ?? 0) - (other[i] ?? 0));
    child[i] = moved < 0 ? at * rng.uniform() : moved > 1 ? at + (1 - at) * rng.uniform() : moved;
  }
  return child;
}

/** Bounds of the weight and the rate of {@link differentialChild}. */
const DIFFERENTIAL_WEIGHT = [0.4, 0.9] as const;
const DIFFERENTIAL_RATE = 0.9;

/**
 * {@link differentialVariation} with a weight that is drawn anew for each child, which keeps both long and short steps in the
 * population (Price, Storn and Lampinen, Differential Evolution, 2005, 2.5.2).
 */
export function differentialChild(base: Point, one: Point, other: Point, rng: Rng): Point {
  const [least, most] = DIFFERENTIAL_WEIGHT;
  return differentialVariation(base, one, other, least + (most - least) * rng.uniform(), DIFFERENTIAL_RATE, rng);
}

function intoUnit(coordinate: number): number {
  return Math.min(1, Math.max(0, coordinate));
}

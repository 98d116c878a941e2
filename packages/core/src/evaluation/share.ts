import { wilsonInterval } from "../verification/wilson-interval.js";

/** So many of so many, with the Wilson 95 % interval of the share. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

export function share(count: number, of: number): Share {
  return { count, of, ...wilsonInterval(count, of) };
}

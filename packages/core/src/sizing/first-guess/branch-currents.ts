/** A path along which direct current flows, `from` the higher node. */
export interface Branch {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Amperes of a source that no one may choose; absent where the current is to be found. */
  readonly fixed?: number;
}

const SWEEPS = 400;
/** Half of the step in the logarithm: neighbouring nets share branches, and full steps would chase each other. */
const DAMPING = 0.5;
/** A step beyond this is a net that cannot be balanced. */
const MOST_SCALE = 10;

/**
 * Positive currents that obey Kirchhoff's current law at every net that is not held, as near to `typical` as they can be in
 * ratio. Each net in turn scales what flows in and what flows out by inverse factors until the two are equal, the balancing
 * of Osborne (J. ACM 7(4), 1960); branches of a group keep one current. A net into which, or out of which, nothing can flow
 * is left alone.
 * @returns amperes by branch name
 */
export function branchCurrents(
  branches: readonly Branch[],
  held: ReadonlySet<string>,
  groups: readonly (readonly string[])[],
  typical: number,
): ReadonlyMap<string, number> {
  const currents = new Map(branches.map(({ name, fixed }) => [name, fixed ?? typical]));
  const nets = netsToBalance(branches, held);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const { entering, leaving } of nets) {
      const scale = balancingScales(sum(entering, currents), sum(leaving, currents));
      for (const { name, fixed } of entering)
        if (fixed === undefined) currents.set(name, (currents.get(name) ?? 0) * scale.entering);
      for (const { name, fixed } of leaving)
        if (fixed === undefined) currents.set(name, (currents.get(name) ?? 0) * scale.leaving);
    }
    for (const group of groups) {
      const members = group.filter((name) => currents.has(name));
      const mean = Math.exp(members.reduce((total, name) => total + Math.log(currents.get(name) ?? typical), 0) / members.length);
      for (const name of members) currents.set(name, mean);
    }
  }
  return currents;
}

function netsToBalance(
  branches: readonly Branch[],
  held: ReadonlySet<string>,
): { readonly entering: readonly Branch[]; readonly leaving: readonly Branch[] }[] {
  const names = new Set(branches.flatMap(({ from, to }) => [from, to]));
  return [...names]
    .filter((net) => !held.has(net))
    .map((net) => ({
      entering: branches.filter(({ from, to }) => to === net && from !== net),
      leaving: branches.filter(({ from, to }) => from === net && to !== net),
    }))
    .filter(({ entering, leaving }) => entering.length > 0 && leaving.length > 0);
}

interface Sum {
  readonly free: number;
  readonly fixed: number;
}

function sum(branches: readonly Branch[], currents: ReadonlyMap<string, number>): Sum {
  let free = 0;
  let fixed = 0;
  for (const branch of branches) {
    if (branch.fixed === undefined) free += currents.get(branch.name) ?? 0;
    else fixed += branch.fixed;
  }
  return { free, fixed };
}

/** A source's current is taken up by what flows the other way; without sources both sides give way alike. */
function balancingScales(entering: Sum, leaving: Sum): { readonly entering: number; readonly leaving: number } {
  const excess = entering.fixed - leaving.fixed;
  if (excess < 0 && entering.free > 0) return { entering: step((leaving.free - excess) / entering.free), leaving: 1 };
  if (excess > 0 && leaving.free > 0) return { entering: 1, leaving: step((entering.free + excess) / leaving.free) };
  if (!(entering.free > 0 && leaving.free > 0)) return { entering: 1, leaving: 1 };
  const scale = step(Math.sqrt(leaving.free / entering.free));
  return { entering: scale, leaving: 1 / scale };
}

function step(scale: number): number {
  return Math.min(MOST_SCALE, Math.max(1 / MOST_SCALE, scale)) ** DAMPING;
}

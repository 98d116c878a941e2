import { z } from "zod";
import type { Candidate, SizingOptimizer, SizingPolicy, Study } from "../../contracts/sizing-optimizer.js";
import { guarded } from "./guarded.js";
import type { Seam } from "./seam.js";
import { expectShape, isArray } from "./shape.js";

const capabilities = z.looseObject({
  multiObjective: z.boolean(),
  learns: z.boolean(),
  evaluations: z.enum(["hundreds", "thousands"]),
});

export function isolatedSizingOptimizer(optimizer: SizingOptimizer, seam: Seam): SizingOptimizer {
  expectShape(seam, "create", z.looseObject({ name: z.string().min(1) }), optimizer);
  const able = seam.call("capabilities", () => optimizer.capabilities());
  expectShape(seam, "capabilities", capabilities, able);
  const { policy } = optimizer;
  return guarded<SizingOptimizer>({
    name: optimizer.name,
    capabilities: () => able,
    start: (problem, rng, state) =>
      isolatedStudy(
        seam.call("start", () => optimizer.start(problem, rng, state)),
        problem.dimensions.length,
        seam,
      ),
    policy: policy === undefined ? undefined : isolatedPolicy(policy, seam),
  });
}

function isolatedPolicy(policy: SizingPolicy, seam: Seam): SizingPolicy {
  const { modelMs } = seam.patience;
  return guarded<SizingPolicy>({
    get identity() {
      return policy.identity;
    },
    propose: async (problem, rng) => {
      const points = await seam.answer("policy.propose", modelMs, () => policy.propose(problem, rng));
      for (const x of points) expectPoint("policy.propose", "a point", x, problem.dimensions.length, seam);
      return points;
    },
    learn: (studies, rng) => seam.answer("policy.learn", modelMs, () => policy.learn(studies, rng)),
    save: (folder) => seam.answer("policy.save", modelMs, () => policy.save(folder)),
  });
}

function isolatedStudy(study: Study, dimensions: number, seam: Seam): Study {
  return guarded<Study>({
    get best() {
      return seam.call("best", () => study.best);
    },
    ask: (n) => {
      const candidates = seam.call("ask", () => study.ask(n));
      seam.expect(isArray(candidates), "ask", () => "an array of candidates is expected");
      seam.expect(candidates.length <= n, "ask", () => `${candidates.length} candidates where ${n} were wanted`);
      for (const candidate of candidates) expectCandidate(candidate, dimensions, seam);
      return candidates;
    },
    tell: (evaluations) => seam.call("tell", () => study.tell(evaluations)),
    state: () => seam.call("state", () => study.state()),
  });
}

function expectCandidate({ id, x }: Candidate, dimensions: number, seam: Seam): void {
  seam.expect(Number.isInteger(id), "ask", () => `the candidate's id is ${String(id)}, not a whole number`);
  expectPoint("ask", `candidate ${id}`, x, dimensions, seam);
}

function expectPoint(method: string, what: string, x: Float64Array, dimensions: number, seam: Seam): void {
  seam.expect(
    x instanceof Float64Array && x.length === dimensions,
    method,
    () => `${what} has no Float64Array of ${dimensions} coordinates`,
  );
  for (let index = 0; index < dimensions; index++) {
    const coordinate = x[index] ?? Number.NaN;
    seam.expect(
      coordinate >= 0 && coordinate <= 1,
      method,
      () => `coordinate ${index + 1} of ${what} is ${coordinate}, outside [0, 1]`,
    );
  }
}

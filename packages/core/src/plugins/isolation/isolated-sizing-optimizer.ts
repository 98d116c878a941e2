import { z } from "zod";
import type { Candidate, SizingOptimizer, Study } from "../../contracts/sizing-optimizer.js";
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
  return {
    name: optimizer.name,
    capabilities: () => able,
    start: (problem, rng, state) =>
      isolatedStudy(
        seam.call("start", () => optimizer.start(problem, rng, state)),
        problem.dimensions.length,
        seam,
      ),
  };
}

function isolatedStudy(study: Study, dimensions: number, seam: Seam): Study {
  return {
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
  };
}

function expectCandidate({ id, x }: Candidate, dimensions: number, seam: Seam): void {
  seam.expect(Number.isInteger(id), "ask", () => `the candidate's id is ${String(id)}, not a whole number`);
  seam.expect(
    x instanceof Float64Array && x.length === dimensions,
    "ask",
    () => `candidate ${id} has no Float64Array of ${dimensions} coordinates`,
  );
  for (let index = 0; index < dimensions; index++) {
    const coordinate = x[index] ?? Number.NaN;
    seam.expect(
      coordinate >= 0 && coordinate <= 1,
      "ask",
      () => `coordinate ${index + 1} of candidate ${id} is ${coordinate}, outside [0, 1]`,
    );
  }
}

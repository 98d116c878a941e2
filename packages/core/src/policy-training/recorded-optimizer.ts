import type { EndedStudy, Evaluation, SizingOptimizer } from "../contracts/sizing-optimizer.js";

/** The optimizer, and every study that it has been told of: the study's evaluations are added as they come. */
export function recordedOptimizer(optimizer: SizingOptimizer): {
  readonly optimizer: SizingOptimizer;
  readonly studies: EndedStudy[];
} {
  const studies: EndedStudy[] = [];
  return {
    studies,
    optimizer: {
      name: optimizer.name,
      capabilities: () => optimizer.capabilities(),
      ...(optimizer.policy === undefined ? {} : { policy: optimizer.policy }),
      start: (problem, rng, state) => {
        const study = optimizer.start(problem, rng, state);
        const evaluations: Evaluation[] = [];
        studies.push({ problem, evaluations });
        return {
          ask: (n) => study.ask(n),
          tell: (told) => {
            evaluations.push(...told.map(({ id, x, objectives, violation }) => ({ id, x: x.slice(), objectives, violation })));
            study.tell(told);
          },
          get best() {
            return study.best;
          },
          state: () => study.state(),
        };
      },
    },
  };
}

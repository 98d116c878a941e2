/** A condition under which a network of transistors conducts: an input by its number from 0, or several in series or in parallel. */
export type Expression = number | { readonly all: readonly Expression[] } | { readonly any: readonly Expression[] };

export function all(...parts: readonly Expression[]): Expression {
  return { all: parts };
}

export function any(...parts: readonly Expression[]): Expression {
  return { any: parts };
}

/** Conducts when the other does not, with inputs inverted (De Morgan): the pull-up of a pull-down. */
export function dual(expression: Expression): Expression {
  if (typeof expression === "number") return expression;
  return "all" in expression ? { any: expression.all.map(dual) } : { all: expression.any.map(dual) };
}

export function inputsOf(expression: Expression): number {
  if (typeof expression === "number") return expression + 1;
  return Math.max(...("all" in expression ? expression.all : expression.any).map(inputsOf));
}

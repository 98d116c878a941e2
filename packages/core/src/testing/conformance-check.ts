import type { PluginKind } from "../contracts/plugin.js";
import { TopogenieError } from "../runtime/error.js";

/** One promise of a contract. Made for any test runner: `for (const { name, run } of checks) it(name, run)`. */
export interface ConformanceCheck {
  readonly name: string;
  readonly kind: PluginKind;
  /** What the promise is about: a heading of the kind's page in docs/plugins. */
  readonly behaviour: string;
  /** Throws `PROMISE_BROKEN`, saying which promise was broken, by what, and where it is explained. */
  readonly run: () => void | Promise<void>;
}

/** A check before it is known whose promise it keeps. */
export type BehaviourCheck = Pick<ConformanceCheck, "name" | "run">;

/** The checks of one behaviour of a kind. */
export function behaviour(kind: PluginKind, heading: string, checks: readonly BehaviourCheck[]): readonly ConformanceCheck[] {
  return checks.map(({ name, run }) => ({
    name,
    kind,
    behaviour: heading,
    run: () => {
      const broken = (cause: unknown): never => {
        throw promiseBroken(kind, heading, name, cause);
      };
      try {
        return run()?.catch(broken);
      } catch (cause) {
        return broken(cause);
      }
    },
  }));
}

function promiseBroken(kind: PluginKind, heading: string, name: string, cause: unknown): TopogenieError {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new TopogenieError(
    "PROMISE_BROKEN",
    `${what}\nThe promise of a ${kind} that this breaks: ${name}. It is explained in docs/plugins/${kind}.md#${heading}`,
    { cause },
  );
}

/** Throws with `message` when the promise does not hold. */
export function promise(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}

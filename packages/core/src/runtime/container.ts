import "reflect-metadata";
import { container as rootContainer, instanceCachingFactory, type DependencyContainer } from "tsyringe";
import { dependencyCycle } from "./dependency-cycle.js";

/** Names a thing in the container and carries its type. */
export interface Token<T> {
  readonly id: string;
  /** Only for the type checker. */
  readonly type?: (thing: T) => void;
}

export function token<T>(id: string): Token<T> {
  return { id };
}

/** Hands a factory what it needs. */
export interface Resolver {
  resolve<T>(wanted: Token<T>): Promise<T>;
}

/**
 * Makes each thing once, when it is first asked for, and disposes of all of them in reverse order of making.
 * Factories that need each other in a circle are refused with the whole path.
 */
export class Container {
  readonly #container: DependencyContainer = rootContainer.createChildContainer();
  readonly #made: unknown[] = [];
  /** Which things asked for which. */
  readonly #needs = new Map<string, string[]>();

  has(wanted: Pick<Token<unknown>, "id">): boolean {
    return this.#container.isRegistered(wanted.id);
  }

  register<T>(provided: Token<T>, factory: (resolver: Resolver) => T | Promise<T>): void {
    this.#container.register<Promise<T>>(provided.id, {
      useFactory: instanceCachingFactory(async () => {
        const thing = await factory({ resolve: (wanted) => this.#resolveFor(provided.id, wanted) });
        this.#made.push(thing);
        return thing;
      }),
    });
  }

  async resolve<T>(wanted: Token<T>): Promise<T> {
    return this.#container.resolve<Promise<T>>(wanted.id);
  }

  /** What a thing has asked for while it was made. */
  needsOf(thing: Pick<Token<unknown>, "id">): readonly string[] {
    return this.#needs.get(thing.id) ?? [];
  }

  async dispose(): Promise<void> {
    for (const thing of this.#made.splice(0).reverse()) {
      if (isDisposable(thing)) await thing.dispose();
    }
    this.#container.clearInstances();
  }

  async #resolveFor<T>(requester: string, wanted: Token<T>): Promise<T> {
    const way = this.#way(wanted.id, requester);
    if (way !== undefined) throw dependencyCycle([requester, ...way]);
    this.#needs.set(requester, [...(this.#needs.get(requester) ?? []), wanted.id]);
    return this.resolve(wanted);
  }

  /** The chain of needs from one thing to another, both included. */
  #way(from: string, to: string): string[] | undefined {
    if (from === to) return [to];
    for (const next of this.#needs.get(from) ?? []) {
      const rest = this.#way(next, to);
      if (rest !== undefined) return [from, ...rest];
    }
    return undefined;
  }
}

function isDisposable(thing: unknown): thing is { dispose(): Promise<void> | void } {
  return typeof thing === "object" && thing !== null && "dispose" in thing && typeof thing.dispose === "function";
}

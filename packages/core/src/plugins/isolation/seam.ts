import type { PluginKind } from "../../contracts/plugin.js";
import { TopogenieError } from "../../runtime/error.js";
import type { Logger } from "../../runtime/logger.js";
import { hangingMessage, pluginHangs } from "../errors/plugin-hangs.js";
import { pluginNonsense } from "../errors/plugin-nonsense.js";
import { pluginThrew } from "../errors/plugin-threw.js";
import type { Patience } from "./patience.js";
import { watchdog } from "./watchdog.js";

export interface SeamParts {
  /** The plugin's package name. */
  readonly plugin: string;
  readonly kind: PluginKind;
  readonly name: string;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** Where core calls into a plugin. What goes wrong there is an error that bears the plugin's name. */
export class Seam {
  readonly patience: Patience;
  readonly #parts: SeamParts;
  readonly #labels = new Map<string, number>();

  constructor(parts: SeamParts) {
    this.#parts = parts;
    this.patience = parts.patience;
  }

  /** A call that answers at once. */
  call<T>(method: string, work: () => T): T {
    const outer = watchdog.enter(this.#label(method));
    try {
      return work();
    } catch (cause) {
      throw this.blame(method, cause);
    } finally {
      watchdog.leave(outer);
    }
  }

  /** A call that answers later, within `patienceMs`. */
  async answer<T>(method: string, patienceMs: number, work: () => T | Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.hangs(method, patienceMs)), patienceMs);
    });
    try {
      return await Promise.race([this.call(method, work), late]);
    } catch (cause) {
      throw this.blame(method, cause);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Puts away. What fails here can harm no result any more: it is said, and the rest is put away all the same. */
  async dispose(method: string, work: () => unknown): Promise<void> {
    try {
      await this.answer(method, this.patience.disposeMs, work);
    } catch (error) {
      this.#parts.logger.warn(error instanceof Error ? error.message : String(error));
    }
  }

  /** What to throw for what a plugin threw: a coded error is its own answer, and so is the reason of an abort. */
  blame(method: string, cause: unknown, signal?: AbortSignal): unknown {
    if (cause instanceof TopogenieError || this.#parts.signal.aborted || signal?.aborted === true) return cause;
    return pluginThrew(this.#parts.plugin, this.#called(method), cause);
  }

  hangs(method: string, patienceMs: number): TopogenieError {
    return pluginHangs(this.#parts.plugin, this.#called(method), patienceMs);
  }

  /** Throws unless an answer makes sense; the problem is put into words only then. */
  expect(holds: boolean, method: string, problem: () => string): asserts holds {
    if (!holds) throw pluginNonsense(this.#parts.plugin, this.#called(method), problem());
  }

  #label(method: string): number {
    let label = this.#labels.get(method);
    if (label === undefined) {
      const { plugin, patience } = this.#parts;
      const called = this.#called(method);
      label = watchdog.label(`Plugin ${plugin}, ${called}`, hangingMessage(plugin, called, patience.blockMs), patience.blockMs);
      this.#labels.set(method, label);
    }
    return label;
  }

  #called(method: string): string {
    return `${this.#parts.kind} "${this.#parts.name}": ${method}()`;
  }
}

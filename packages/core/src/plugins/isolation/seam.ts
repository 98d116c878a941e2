import type { PluginKind } from "../../contracts/plugin.js";
import { TopogenieError } from "../../runtime/error.js";
import type { Logger } from "../../runtime/logger.js";
import { hangingMessage, pluginHangs } from "../errors/plugin-hangs.js";
import { pluginNeverCloses } from "../errors/plugin-never-closes.js";
import { pluginNonsense } from "../errors/plugin-nonsense.js";
import { pluginThrew } from "../errors/plugin-threw.js";
import { openResources, type Opener } from "./open-resources.js";
import type { Patience } from "./patience.js";
import { warnOfLeftOpen } from "./left-open.js";
import { watchdog } from "./watchdog.js";

/** Nobody works with so many at a time: it is said at once, as the run may not come to its end. */
const TOO_MANY = 1000;

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
export class Seam implements Opener {
  readonly opener: string;
  readonly patience: Patience;
  readonly #parts: SeamParts;
  readonly #labels = new Map<string, number>();
  /** What this plugin has opened of others and not closed yet. */
  readonly #unclosed = new Map<string, number>();

  constructor(parts: SeamParts) {
    this.#parts = parts;
    this.patience = parts.patience;
    this.opener = `Plugin ${parts.plugin}, ${this.#thing}`;
  }

  /** A call that answers at once. */
  call<T>(method: string, work: () => T): T {
    const outer = watchdog.enter(this.#label(method));
    try {
      return openResources.by(this, work);
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

  /**
   * Notes that something of this plugin's was opened (`session`), for the plugin that asked for it if one did.
   * @returns to be called when it is closed
   */
  handOut(what: string): () => void {
    const { opener } = openResources;
    if (!(opener instanceof Seam)) return () => undefined;
    const unclosed = opener.#unclosed;
    const held = `${what} of ${this.#thing}`;
    const count = (by: number): number => {
      const now = (unclosed.get(held) ?? 0) + by;
      unclosed.set(held, now);
      return now;
    };
    if (count(1) === TOO_MANY) opener.#warnUnclosed(held, TOO_MANY);
    let isClosed = false;
    return () => {
      if (!isClosed) count(-1);
      isClosed = true;
    };
  }

  /** Warns of what the plugin has left open, and opened of others and not closed; for when it has been disposed of. */
  async warnOfLeaks(): Promise<void> {
    for (const [held, count] of this.#unclosed) if (count > 0) this.#warnUnclosed(held, count);
    await warnOfLeftOpen(this, this.#parts.logger);
  }

  #warnUnclosed(held: string, count: number): void {
    this.#parts.logger.warn(pluginNeverCloses(this.opener, held, count));
  }

  get #thing(): string {
    return `${this.#parts.kind} "${this.#parts.name}"`;
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
    return `${this.#thing}: ${method}()`;
  }
}

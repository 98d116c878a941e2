import { AsyncLocalStorage, createHook } from "node:async_hooks";

/** On whose behalf something is opened: a thing of a plugin, or a plugin while it is loaded. */
export interface Opener {
  /** The plugin and the thing, as the beginning of a sentence. */
  readonly opener: string;
}

/** What the hook is shown of a timer, socket, worker or child process. Nothing but timers says `_destroyed`. */
interface Resource {
  hasRef(): boolean;
  kill?(signal: number): unknown;
  readonly _destroyed?: boolean;
}

interface Opened {
  readonly type: string;
  readonly opener: Opener;
  /** Weak: what is closed must not be kept for having been noted. */
  readonly resource: WeakRef<Resource>;
}

const SIGKILL = 9;
/** So many notes are kept before those of closed resources are thrown out for the first time. */
const FEW = 256;

const words: Readonly<Record<string, string>> = {
  Timeout: "timer",
  WORKER: "worker thread",
  MESSAGEPORT: "message port",
  PROCESSWRAP: "child process",
  PIPEWRAP: "pipe",
  TCPWRAP: "connection",
  TCPSERVERWRAP: "server",
  UDPWRAP: "UDP socket",
  FSEVENTWRAP: "file watcher",
};

/**
 * Notes who opens what keeps a process running. Whoever calls a plugin does so through {@link by}; whatever is opened in that call,
 * or later in consequence of it, is the plugin's, whichever others are at work meanwhile.
 */
export class OpenResources {
  readonly #openers = new AsyncLocalStorage<Opener>();
  #opened: Opened[] = [];
  #many = FEW;
  #isWatching = false;
  #endsProcesses = false;

  /** On whose behalf the code that asks is running; undefined for core itself. */
  get opener(): Opener | undefined {
    return this.#openers.getStore();
  }

  by<T>(opener: Opener, work: () => T): T {
    if (!this.#isWatching) this.#watch();
    return this.#openers.run(opener, work);
  }

  /** What an opener, or anyone, has open that keeps the process running: how many of each, in words, by opener. */
  left(of?: Opener): ReadonlyMap<Opener, string> {
    const counts = new Map<Opener, Map<string, number>>();
    for (const { opener, type, resource } of this.#opened) {
      if ((of !== undefined && opener !== of) || !isOpen(resource)) continue;
      const ofOpener = counts.get(opener) ?? new Map<string, number>();
      counts.set(opener, ofOpener.set(type, (ofOpener.get(type) ?? 0) + 1));
    }
    return new Map([...counts].map(([opener, types]) => [opener, [...types].map(counted).join(", ")]));
  }

  #watch(): void {
    this.#isWatching = true;
    createHook({
      init: (_id, type, _trigger, resource) => {
        // By far the most frequent.
        if (type === "PROMISE" || type === "TickObject" || type === "Immediate") return;
        const opener = this.#openers.getStore();
        if (opener === undefined || !("hasRef" in resource)) return;
        this.#note({ type, opener, resource: new WeakRef(resource as Resource) });
      },
    }).enable();
  }

  #note(opened: Opened): void {
    if (this.#opened.length >= this.#many) {
      this.#opened = this.#opened.filter(({ resource }) => isOpen(resource));
      this.#many = Math.max(FEW, 2 * this.#opened.length);
    }
    this.#opened.push(opened);
    if (opened.type === "PROCESSWRAP" && !this.#endsProcesses) {
      this.#endsProcesses = true;
      // Threads end with the process, child processes do not.
      process.once("exit", () => this.#endProcesses());
    }
  }

  #endProcesses(): void {
    for (const { type, resource } of this.#opened) {
      if (type === "PROCESSWRAP" && isOpen(resource)) resource.deref()?.kill?.(SIGKILL);
    }
  }
}

/** Something that was closed or taken from the loop (`unref`) keeps nothing running. */
function isOpen(reference: WeakRef<Resource>): boolean {
  const resource = reference.deref();
  return resource !== undefined && resource._destroyed !== true && resource.hasRef();
}

function counted([type, count]: readonly [string, number]): string {
  const word = words[type] ?? type;
  return `${count} ${word}${count === 1 ? "" : word.endsWith("s") ? "es" : "s"}`;
}

/** One for the process. */
export const openResources = new OpenResources();

/** What plugins have open that keeps the process running, each as `Plugin x, simulator "y": 1 timer`. */
export function leftOpenByPlugins(): readonly string[] {
  return [...openResources.left()].map(([{ opener }, what]) => `${opener}: ${what}`);
}

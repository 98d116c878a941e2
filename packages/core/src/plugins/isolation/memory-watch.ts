import { url as inspectorUrl } from "node:inspector";
import { getHeapStatistics } from "node:v8";
import { isMainThread } from "node:worker_threads";
import type { Logger } from "../../runtime/logger.js";
import { memoryRunsShort } from "../errors/memory-runs-short.js";
import { pluginHoldsMemory } from "../errors/plugin-holds-memory.js";
import { HeapSampling } from "./heap-sampling.js";
import { madeByPlugins, type Sampled } from "./made-by-plugins.js";
import { PluginScripts } from "./plugin-scripts.js";

const TICK_MS = 500;
/** What V8 adds to `--max-old-space-size` for what is new: three times 16 MiB. */
const YOUNG_BYTES = 48 * 2 ** 20;
/** Of the memory that the process may hold. From here on it is watched who allocates. */
const ATTENTION = 0.5;
/** Who held this much less at the look before is looked at again. */
const STEP = 0.05;
/** This much growth is not happenstance any more. */
const GROWTH = 0.1;
/** No time to wait for more: V8 gives up from eight tenths on, where collections take most of the time (Heap::CheckIneffectiveMarkCompact). */
const LATE = 0.7;
/** Whoever made less of what was added is not the one to name. */
const NAMED = 1 / 3;
/** Samples on the way from nothing to the limit. */
const SAMPLES = 2048;
/** A look collects all garbage: this many times as long as it took, none follows; twice as many after each that found no growth. */
const REST = 5;
const MOST_REST = 100;

interface Look extends Sampled {
  /** Without garbage, and also of what was there before the sampling began. */
  readonly heldBytes: number;
}

/** More than any can hold. */
const nothingSeen: Look = { heldBytes: Infinity, bytes: 0, made: new Map() };

/**
 * Sees memory fill up, which ends the process without a word, and says which plugin fills it before that. Until half of what may be
 * held is in use, it costs a reading of V8's counters twice a second; from there on some percent of the time where nothing but
 * allocation is done.
 */
export class MemoryWatch {
  readonly #scripts = new PluginScripts();
  /** A set of objects: hosts may share a logger. */
  readonly #hosts = new Set<{ readonly logger: Logger }>();
  readonly #limitBytes = getHeapStatistics().heap_size_limit - YOUNG_BYTES;
  #timer: NodeJS.Timeout | undefined;
  #hasWarned = false;
  #sampling: HeapSampling | undefined;
  /** The look that found least. */
  #least = nothingSeen;
  #lastBytes = 0;
  /** Looks that found more than the one before, since the least. */
  #grew = 0;
  #rest = REST;
  #restsUntil = 0;

  /**
   * Watches for a host while it has plugins loaded. Where a debugger is attached nothing is watched: what a console shows is held.
   * @returns to be called when the host is disposed of
   */
  watch(plugins: readonly { readonly name: string; readonly home: string }[], logger: Logger): () => void {
    if (!isMainThread || inspectorUrl() !== undefined) return () => undefined;
    for (const { name, home } of plugins) this.#scripts.add(home, name);
    const host = { logger };
    this.#hosts.add(host);
    if (!this.#hasWarned) this.#timer ??= setInterval(() => this.#tick(), TICK_MS).unref();
    return () => {
      this.#hosts.delete(host);
      if (this.#hosts.size === 0) this.#stop();
    };
  }

  #tick(): void {
    const usedBytes = getHeapStatistics().used_heap_size;
    if (this.#sampling === undefined) {
      if (usedBytes < ATTENTION * this.#limitBytes) return;
      this.#sampling = new HeapSampling(this.#limitBytes / SAMPLES);
    } else if (performance.now() < this.#restsUntil || usedBytes < this.#lastBytes + STEP * this.#limitBytes) return;
    const look = this.#look(this.#sampling);
    if (look !== undefined) this.#judge(look);
  }

  #look(sampling: HeapSampling): Look | undefined {
    const started = performance.now();
    const head = sampling.held();
    if (head === undefined) {
      // Begins anew at the next turn.
      sampling.end();
      this.#sampling = undefined;
      this.#least = nothingSeen;
      return undefined;
    }
    const heldBytes = getHeapStatistics().used_heap_size;
    const hasGrown = heldBytes > this.#lastBytes + (STEP / 2) * this.#limitBytes;
    this.#grew = hasGrown ? this.#grew + 1 : this.#grew;
    this.#rest = hasGrown ? REST : Math.min(2 * this.#rest, MOST_REST);
    this.#restsUntil = performance.now() + this.#rest * (performance.now() - started);
    this.#lastBytes = heldBytes;
    return { heldBytes, ...madeByPlugins(head, this.#scripts) };
  }

  #judge(look: Look): void {
    const { heldBytes } = look;
    if (heldBytes <= this.#least.heldBytes) {
      this.#least = look;
      this.#grew = 0;
    }
    const grownBytes = heldBytes - this.#least.heldBytes;
    const isLate = heldBytes > LATE * this.#limitBytes && grownBytes > STEP * this.#limitBytes;
    const keepsGrowing = this.#grew > 1 && grownBytes > GROWTH * this.#limitBytes && heldBytes > ATTENTION * this.#limitBytes;
    if (!isLate && !keepsGrowing) return;
    const memory = { heldBytes, grownBytes, limitBytes: this.#limitBytes };
    // What was added in place of older things, by whomever, is no growth: each is granted that all of it was its own.
    const replacedBytes = Math.max(0, look.bytes - this.#least.bytes - grownBytes);
    const added = [...look.made].map(([plugin, { bytes, place }]) => {
      return { plugin, place, madeBytes: bytes - (this.#least.made.get(plugin)?.bytes ?? 0) - replacedBytes };
    });
    const most = added.sort((a, b) => b.madeBytes - a.madeBytes)[0];
    if (most !== undefined && most.madeBytes > NAMED * grownBytes) this.#warn(pluginHoldsMemory({ ...most, ...memory }));
    else if (isLate) this.#warn(memoryRunsShort(memory));
  }

  #warn(message: string): void {
    [...this.#hosts].at(-1)?.logger.warn(message);
    this.#hasWarned = true;
    // The sampling goes on: to end it would end that of `node --heap-prof` too.
    this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** One for the process: it has one main thread to watch. */
export const memoryWatch = new MemoryWatch();

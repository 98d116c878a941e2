import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Socket } from "node:net";
import { commandLines, EngineDied, type EngineAnswer, type EngineJob, type SpiceEngine } from "@topogenie/core";
import { makePrivateFolder } from "./private-folder.js";

const START_TIMEOUT_MS = 30_000;
/** Reading /proc costs more than it tells; an engine grows slowly. */
const JOBS_BETWEEN_MEMORY_READINGS = 50;

/**
 * ngspice reads its commands a character a system call, which costs twice as much on the socket that Node gives a child as on a
 * pipe; `cat` fills a pipe from the one for the other. Standard error joins standard output in the order of printing. The text
 * is fixed, the command a parameter.
 */
const SHELL = 'mkfifo .commands && { cat <&3 3<&- >.commands & } 3<&0 && exec "$0" -p -n <.commands 2>&1';
/** ngspice compares every command with those that it remembers. */
const PREPARE = ["set filetype=binary", "unset askquit", "set history=1"];

interface Pending {
  readonly marker: string;
  readonly job: EngineJob;
  resolve(answer: EngineAnswer): void;
  reject(error: Error): void;
}

/** Ends of the engines that are alive: one listener for all, as a process warns of more than ten. */
const killedAtExit = new Set<() => void>();
process.once("exit", () => {
  for (const kill of killedAtExit) kill();
});

/**
 * One `ngspice -p` process with a private folder, in a process group of its own so that nothing of it outlives it.
 * It sees no environment but the path; it reads no `.spiceinit`; its commands come from decks that core has checked.
 */
export class NgspiceProcess implements SpiceEngine {
  readonly #child: ChildProcess & { readonly stdin: Socket; readonly stdout: Socket };
  readonly #folder: string;
  readonly #ended: Promise<void>;
  readonly #killNow: () => void;
  #pending: Pending | undefined;
  #output = "";
  #death: EngineDied | undefined;
  #jobs = 0;
  #memoryBytes: number | undefined;

  private constructor(command: string) {
    this.#folder = makePrivateFolder();
    this.#child = spawn("/bin/sh", ["-c", SHELL, command], {
      cwd: this.#folder,
      detached: true,
      stdio: ["pipe", "pipe", "ignore"],
      env: { PATH: process.env.PATH ?? "", HOME: this.#folder, LC_ALL: "C", OMP_THREAD_LIMIT: "1", OMP_NUM_THREADS: "1" },
    }) as ChildProcess & { stdin: Socket; stdout: Socket };
    this.#killNow = () => {
      this.#killGroup();
      rmSync(this.#folder, { recursive: true, force: true });
    };
    killedAtExit.add(this.#killNow);
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (error) => {
        this.#output += error.message;
        resolve();
      });
      this.#child.once("close", () => {
        resolve();
      });
    });
    void this.#ended.then(() => {
      this.#die();
    });
    // A write to a process that has just died fails here; its end is reported by "close".
    this.#child.stdin.on("error", () => undefined);
    this.#child.stdout.setEncoding("latin1");
    this.#child.stdout.on("data", (text: string) => {
      this.#receive(text);
    });
  }

  static async start(command: string): Promise<NgspiceProcess> {
    const engine = new NgspiceProcess(command);
    const timer = setTimeout(() => {
      engine.#killGroup();
    }, START_TIMEOUT_MS);
    try {
      await engine.execute({ write: [], commands: PREPARE, read: [] });
    } catch (error) {
      await engine.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return engine;
  }

  execute(job: EngineJob): Promise<EngineAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#death !== undefined) {
        reject(this.#death);
        return;
      }
      const marker = `topogenie-answer-${this.#jobs++}`;
      this.#output = "";
      this.#pending = { marker, job, resolve, reject };
      for (const { path, text } of job.write) writeFileSync(join(this.#folder, path), text);
      this.#hold(true);
      // The marker on a line of its own: a line may be given up at a command that fails.
      this.#child.stdin.write(`${[...commandLines(job.commands), `echo ${marker}`].join("\n")}\n`);
    });
  }

  async kill(): Promise<void> {
    // Whoever waits for the end must see it, even where nothing else keeps the process alive.
    this.#hold(true);
    this.#killGroup();
    await this.#ended;
    killedAtExit.delete(this.#killNow);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #receive(text: string): void {
    this.#output += text;
    const pending = this.#pending;
    if (pending === undefined) return;
    const end = this.#output.indexOf(
      `${pending.marker}\n`,
      Math.max(0, this.#output.length - text.length - pending.marker.length - 1),
    );
    if (end < 0) return;
    this.#pending = undefined;
    this.#hold(false);
    const log = this.#output.slice(0, end);
    pending.resolve({ log, files: this.#takeFiles(pending.job), memoryBytes: this.#memory() });
  }

  #takeFiles({ read, write }: EngineJob): ReadonlyMap<string, Uint8Array> {
    const files = new Map<string, Uint8Array>();
    for (const name of read) {
      const path = join(this.#folder, name);
      try {
        files.set(name, readFileSync(path));
        unlinkSync(path);
      } catch {
        // Not written: whoever asked for it sees that it is not there.
      }
    }
    for (const { path } of write) rmSync(join(this.#folder, path), { force: true });
    return files;
  }

  /** Resident memory, where the system tells it as Linux does. */
  #memory(): number | undefined {
    if (this.#jobs % JOBS_BETWEEN_MEMORY_READINGS === 0) {
      try {
        const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${this.#child.pid ?? 0}/status`, "latin1"))?.[1];
        this.#memoryBytes = kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
      } catch {
        this.#memoryBytes = undefined;
      }
    }
    return this.#memoryBytes;
  }

  /** While a job is under way the process must not end before its answer; an idle engine must not keep it alive. */
  #hold(hold: boolean): void {
    for (const handle of [this.#child, this.#child.stdin, this.#child.stdout]) {
      if (hold) handle.ref();
      else handle.unref();
    }
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // The group is already gone.
    }
  }

  #die(): void {
    const words = this.#output.trim().split("\n").slice(-6).join(" | ").slice(-600);
    this.#death = new EngineDied(`the engine ended by itself${words === "" ? "" : `; it said: ${words}`}`);
    this.#pending?.reject(this.#death);
    this.#pending = undefined;
  }
}

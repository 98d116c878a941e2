import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, constants, openSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { join } from "node:path";
import { commandLines, EngineDied, type EngineAnswer, type EngineJob, type SpiceEngine } from "@topogenie/core";
import { makeNamedPipes, openNamedPipe } from "./named-pipe.js";
import { PrintedFile } from "./printed-file.js";
import { makePrivateFolder } from "./private-folder.js";

const START_TIMEOUT_MS = 30_000;
/** Reading /proc costs more than it tells; an engine grows slowly. */
const JOBS_BETWEEN_MEMORY_READINGS = 50;

/** Names in the private folder, which no deck can name: those of its files end in .cir and .raw. */
const [COMMANDS, ANSWERS, LOG] = [".commands", ".answers", ".log"];
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
 *
 * It reads its commands, a character a system call, from a pipe, where that costs half of what it does on the socket that Node
 * gives a child. What it prints goes into a file, and only the end of a job into a pipe: it prints a line at a time, and being
 * woken for each took Node, and the engines beside it, a tenth of a short simulation.
 */
export class NgspiceProcess implements SpiceEngine {
  readonly #child: ChildProcess;
  readonly #commands: Socket;
  readonly #answers: Socket;
  readonly #printed: PrintedFile;
  readonly #folder: string;
  readonly #ended: Promise<void>;
  readonly #killNow: () => void;
  #pending: Pending | undefined;
  #answered = "";
  #death: EngineDied | undefined;
  #jobs = 0;
  #memoryBytes: number | undefined;

  /** @param folder private, removed when the engine is killed */
  private constructor(command: string, folder: string) {
    this.#folder = folder;
    const [commands, answers] = [join(folder, COMMANDS), join(folder, ANSWERS)];
    makeNamedPipes(commands, answers);
    this.#commands = openNamedPipe(commands, "write");
    this.#answers = openNamedPipe(answers, "read");
    this.#printed = new PrintedFile(join(this.#folder, LOG));
    // The reading end alone, so that the engine meets the end of its commands when this process is gone.
    const input = openSync(commands, constants.O_RDONLY);
    this.#child = spawn(command, ["-p", "-n"], {
      cwd: this.#folder,
      detached: true,
      stdio: [input, this.#printed.fd, this.#printed.fd],
      env: { PATH: process.env.PATH ?? "", HOME: this.#folder, LC_ALL: "C", OMP_THREAD_LIMIT: "1", OMP_NUM_THREADS: "1" },
    });
    closeSync(input);
    this.#killNow = () => {
      this.#killGroup();
      rmSync(this.#folder, { recursive: true, force: true });
    };
    killedAtExit.add(this.#killNow);
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (error) => {
        this.#die(error.message);
        resolve();
      });
      this.#child.once("close", () => {
        this.#die(this.#printed.take());
        resolve();
      });
    });
    this.#answers.setEncoding("latin1");
    this.#answers.on("data", (text: string) => {
      this.#receive(text);
    });
  }

  static async start(command: string): Promise<NgspiceProcess> {
    const engine = NgspiceProcess.#spawn(command);
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

  static #spawn(command: string): NgspiceProcess {
    const folder = makePrivateFolder();
    try {
      return new NgspiceProcess(command, folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  execute(job: EngineJob): Promise<EngineAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#death !== undefined) {
        reject(this.#death);
        return;
      }
      const marker = `topogenie-answer-${this.#jobs++}`;
      this.#printed.forget();
      this.#pending = { marker, job, resolve, reject };
      for (const { path, text } of job.write) writeFileSync(join(this.#folder, path), text);
      this.#hold(true);
      // The marker on a line of its own: a line may be given up at a command that fails.
      const end = `echo ${marker}; echo ${marker} > ${ANSWERS}`;
      this.#commands.write(`${[...commandLines(job.commands), end].join("\n")}\n`);
    });
  }

  async kill(): Promise<void> {
    // Whoever waits for the end must see it, even where nothing else keeps the process alive.
    this.#hold(true);
    this.#killGroup();
    await this.#ended;
    this.#commands.destroy();
    this.#answers.destroy();
    this.#printed.close();
    killedAtExit.delete(this.#killNow);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #receive(text: string): void {
    this.#answered += text;
    if (!this.#answered.endsWith("\n")) return;
    const answer = this.#answered.trim();
    this.#answered = "";
    const pending = this.#pending;
    if (pending === undefined) return;
    this.#pending = undefined;
    this.#hold(false);
    const printed = this.#printed.take();
    const end = printed.indexOf(`${pending.marker}\n`);
    if (answer !== pending.marker || end < 0) {
      pending.reject(
        new EngineDied(`the engine answered "${answer.slice(-80)}" where ${pending.marker} was to come, in its log too`),
      );
      return;
    }
    pending.resolve({ log: printed.slice(0, end), files: this.#takeFiles(pending.job), memoryBytes: this.#memory() });
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
    for (const handle of [this.#child, this.#commands, this.#answers]) {
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

  /** @param said what explains it */
  #die(said: string): void {
    if (this.#death !== undefined) return;
    const words = said.trim().split("\n").slice(-6).join(" | ").slice(-600);
    this.#death = new EngineDied(`the engine ended by itself${words === "" ? "" : `; it said: ${words}`}`);
    this.#pending?.reject(this.#death);
    this.#pending = undefined;
  }
}

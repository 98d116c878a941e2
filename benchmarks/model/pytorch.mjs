import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";
/** Debian's libopenblas0-openmp; or where it was unpacked without being installed. */
const OPENBLAS = process.env.OPENBLAS_OPENMP ?? "/usr/lib/x86_64-linux-gnu/openblas-openmp";
const script = fileURLToPath(new URL("pytorch/worker.py", import.meta.url));

/** OpenBLAS's kernels for this processor: on virtual machines it often takes slower ones than it could. */
const CORE_TYPE = /\bavx512f\b/.test(readIfThere("/proc/cpuinfo")) ? "SkylakeX" : "Haswell";

/**
 * PyTorch's settings that are compared with, or why there is none. Threads that spin are the faster ones on an idle machine and
 * far slower on a busy one.
 */
export function findPyTorch() {
  const asked = spawnSync(PYTHON, ["-c", "import torch; print(torch.__version__)"], { encoding: "utf8" });
  if (asked.status !== 0) {
    return { missing: `no PyTorch: ${PYTHON} with torch (Debian: python3-torch) is needed; PYTHON names another.` };
  }
  const openMp = { LD_LIBRARY_PATH: OPENBLAS, OPENBLAS_CORETYPE: CORE_TYPE };
  return {
    version: asked.stdout.trim(),
    settings: {
      ...(existsSync(OPENBLAS)
        ? { "best, threads that spin": openMp, "best, threads that sleep": { ...openMp, OMP_WAIT_POLICY: "passive" } }
        : {}),
      "as installed, tamed": { OMP_WAIT_POLICY: "passive" },
    },
    note: existsSync(OPENBLAS)
      ? `best: OpenBLAS on OpenMP with OPENBLAS_CORETYPE=${CORE_TYPE}; sleep and tamed: OMP_WAIT_POLICY=passive`
      : "PyTorch can do more: its best settings want OpenBLAS on OpenMP (Debian: libopenblas0-openmp; OPENBLAS_OPENMP names a folder)",
  };
}

/** A Python process that waits between requests. */
export class PyTorch {
  #child;
  #lines;

  constructor(sizes, environment, threads) {
    this.#child = spawn(PYTHON, [script, JSON.stringify(sizes), String(threads)], {
      env: { ...process.env, OMP_NUM_THREADS: String(threads), ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  async ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`PyTorch ended (${this.#child.signalCode ?? this.#child.exitCode}) at ${JSON.stringify(request)}.`);
    return JSON.parse(value);
  }

  end() {
    this.#child.stdin.end();
  }
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

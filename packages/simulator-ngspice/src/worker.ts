import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { commandLines } from "@topogenie/core";
import { startEecircuit } from "./eecircuit.js";
import type { FromWorker, ToWorker, WorkerSetup } from "./protocol.js";

if (parentPort === null) throw new Error("worker.js runs in a worker thread only");
const port = parentPort;
const wake = new Int32Array((workerData as WorkerSetup).wake);

// The engine reports every line that ngspice writes to stderr here as well; all of them are in its log.
console.error = () => undefined;

function post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

/** Sleeps until the parent sends a job. Blocking is right: the engine asks for its next command synchronously. */
function waitForJob(): ToWorker {
  for (;;) {
    const seen = Atomics.load(wake, 0);
    const received = receiveMessageOnPort(port);
    if (received !== undefined) return received.message as ToWorker;
    Atomics.wait(wake, 0, seen);
  }
}

const engine = await startEecircuit();
process.on("exit", () => {
  post({ kind: "last words", log: engine.takeLog() });
});

function answer(job: ToWorker): void {
  const files = new Map<string, Uint8Array>();
  for (const path of job.read) {
    if (!engine.files.analyzePath(path).exists) continue;
    files.set(path, engine.files.readFile(path).slice());
    engine.files.unlink(path);
  }
  for (const { path } of job.write) engine.files.unlink(path);
  const buffers = [...files.values()].map((bytes) => bytes.buffer as ArrayBuffer);
  post({ kind: "answer", log: engine.takeLog(), files, memoryBytes: engine.memoryBytes() }, buffers);
}

let job: ToWorker | undefined;
let lines: string[] = [];

engine.run(() => {
  for (;;) {
    const line = lines.shift();
    if (line !== undefined) return line;
    if (job !== undefined) answer(job);
    job = waitForJob();
    lines = commandLines(job.commands);
    for (const { path, text } of job.write) engine.files.writeFile(path, text);
    engine.takeLog();
  }
});
post({ kind: "ready" });

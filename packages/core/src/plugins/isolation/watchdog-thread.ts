import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import type { WatchdogData, WatchdogLabel } from "./watchdog.js";

const LOOK_MS = 250;
const { cells } = workerData as WatchdogData;
const labels = new Map<number, WatchdogLabel>();
let seen = { label: 0, calls: 0, since: performance.now() };

parentPort?.on("message", (label: WatchdogLabel) => labels.set(label.label, label));

setInterval(() => {
  const [label, calls] = [Atomics.load(cells, 0), Atomics.load(cells, 1)];
  const now = performance.now();
  if (label !== seen.label || calls !== seen.calls) {
    seen = { label, calls, since: now };
    return;
  }
  const called = labels.get(label);
  if (called === undefined || now - seen.since < called.blockMs) return;
  // The main thread can do nothing, not even end the process: standard error is written and the signal sent from here.
  writeSync(2, `\nerror PLUGIN_HANGS ${called.message}\n`);
  process.kill(process.pid, "SIGKILL");
}, LOOK_MS);

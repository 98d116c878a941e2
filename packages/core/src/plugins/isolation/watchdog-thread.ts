import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { BlockedInterrupt } from "./blocked-interrupt.js";
import type { WatchdogData, WatchdogLabel } from "./watchdog.js";

const LOOK_MS = 250;
const { cells, endsOnInterrupt } = workerData as WatchdogData;
const labels = new Map<number, WatchdogLabel>();
const interrupt = endsOnInterrupt ? new BlockedInterrupt() : undefined;
let seen = { label: 0, calls: 0, since: performance.now() };

parentPort?.on("message", (label: WatchdogLabel) => labels.set(label.label, label));

setInterval(() => {
  const now = performance.now();
  const [label, calls, beats] = [0, 1, 2].map((cell) => Atomics.load(cells, cell)) as [number, number, number];
  const called = labels.get(label);
  if (interrupt?.isDue(beats, now) === true) {
    end(`Stopped. ${called?.call ?? "Something"} blocks the process, which is therefore killed. The run can be resumed.`);
  }
  if (label !== seen.label || calls !== seen.calls) seen = { label, calls, since: now };
  else if (called !== undefined && now - seen.since >= called.blockMs) end(`error PLUGIN_HANGS ${called.message}`);
}, LOOK_MS);

/** The main thread can do nothing, not even end the process: standard error is written and the signal sent from here. */
function end(message: string): void {
  writeSync(2, `\n${message}\n`);
  process.kill(process.pid, "SIGKILL");
}

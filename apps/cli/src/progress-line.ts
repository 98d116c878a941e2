import pc from "picocolors";
import type { ProgressUpdate } from "@topogenie/core";

/** Without a terminal a line is printed this often. */
const PLAIN_INTERVAL_MS = 10_000;
const TERMINAL_INTERVAL_MS = 100;

/** Shows how far a stage has come, at which rate, and how long it will still take. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #started = performance.now();
  #first = 0;
  #unit = "";
  #shown = 0;

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.#stream = stream;
  }

  begin(title: string): void {
    this.#started = performance.now();
    this.#unit = "";
    this.#shown = this.#started;
    this.#stream.write(`${pc.bold(title)}\n`);
  }

  update(update: ProgressUpdate): void {
    const now = performance.now();
    if (update.unit !== this.#unit) {
      this.#unit = update.unit;
      this.#started = now;
      this.#first = update.done;
    }
    if (now - this.#shown < (this.#stream.isTTY ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS)) return;
    this.#shown = now;
    const line = describe(update, this.#first, (now - this.#started) / 1000);
    if (this.#stream.isTTY) this.#stream.write(`\r\u001b[2K  ${line.slice(0, this.#stream.columns - 3)}`);
    else this.#stream.write(`  ${line}\n`);
  }

  end(text: string): void {
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[2K");
    this.#stream.write(`  ${text}\n`);
  }
}

/** @param first how many were done when the clock started, so that resumed work does not count as fast */
export function describe(update: ProgressUpdate, first: number, seconds: number): string {
  const rate = seconds > 0 ? (update.done - first) / seconds : 0;
  const parts = [`${update.done}/${update.total} ${update.unit}`];
  if (rate > 0) {
    parts.push(`${rate >= 10 ? rate.toFixed(0) : rate.toFixed(1)}/s`, `${duration((update.total - update.done) / rate)} left`);
  }
  if (update.note !== undefined) parts.push(update.note);
  return parts.join(" · ");
}

export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

import type { SimulationFailure, SimulationOk } from "../contracts/simulator.js";

/** What ngspice prints when it could not read a deck or a command, as seen with versions 39 and 45. */
const PARSE_ERRORS = [
  /circuit not parsed/i,
  /unknown subckt/i,
  /can't find model/i,
  /could not find a valid modelname/i,
  /\bignored!/i,
  /unrecognized parameter/i,
  /unknown parameter/i,
  /no such (device|parameter|function|model|node)/i,
  /numparam expansion errors/i,
  /simulation interrupted due to error/i,
  /there aren't any circuits loaded/i,
  /no circuit loaded/i,
  /can't access .* instance parameter/i,
  /syntax error/i,
  /illegal value/i,
];

/** Everything that ngspice may say while it loads a deck that it has understood in full. */
const LOADED_QUIETLY = [
  /^Note: /,
  /^Circuit: /,
  // The title of the circuit that was current before, which "setcirc" prints.
  /^s\d+$/,
  /^Reducing trtol to 1 for xspice/,
  /^Warning -- Version not specified on line/,
  /^Setting version to 'default'/,
];

const CRASHES = [/fatal error/i, /out of memory/i, /^Aborted\(/im, /can't allocate/i];

const NO_CONVERGENCE = [
  /could not be simulated/i,
  /transient op failed/i,
  /simulation\(s\) aborted/i,
  /timestep too small/i,
  /no convergence/i,
  /iteration limit reached/i,
  /operating point failed/i,
];

const SINGULAR = /singular matrix/i;

/** What any failure says: most logs tell of none, and are looked at once. */
const TELLING = new RegExp(
  [...CRASHES, ...PARSE_ERRORS, ...NO_CONVERGENCE, SINGULAR].map(({ source }) => source).join("|"),
  "im",
);

/** The failure that an engine's log tells of, with the lines that tell it; undefined when it tells of none. */
export function failureInLog(log: string): SimulationFailure | undefined {
  const lines = tidy(log);
  if (!lines.some((line) => TELLING.test(line))) return undefined;
  const crash = linesMatching(lines, CRASHES);
  if (crash !== "") return { status: "crashed", message: crash };
  const parse = linesMatching(lines, PARSE_ERRORS);
  if (parse !== "") return { status: "parse_error", message: parse };
  const convergence = linesMatching(lines, NO_CONVERGENCE);
  if (convergence !== "") {
    const singular = linesMatching(lines, [SINGULAR]);
    if (singular !== "") return { status: "singular", message: singular };
    return { status: "no_convergence", message: convergence };
  }
  // A node that is singular to Newton's method and settles only in a pretended transient floats.
  const singular = linesMatching(lines, [SINGULAR]);
  if (singular !== "" && convergenceInLog(log) === "transient") return { status: "singular", message: singular };
  return undefined;
}

/**
 * The failure to load a deck: any word that ngspice does not also say of a good one. It prints a warning and goes on
 * without an element, or with a value of its own, where it does not understand a line.
 */
export function loadFailureInLog(log: string): SimulationFailure | undefined {
  const failure = failureInLog(log);
  if (failure?.status === "crashed") return failure;
  const odd = tidy(log).filter((line) => !LOADED_QUIETLY.some((pattern) => pattern.test(line)));
  return odd.length === 0 ? undefined : { status: "parse_error", message: odd.slice(0, 5).join(" | ").slice(0, 600) };
}

/** After a stage of its search fails, ngspice leaves traces in the circuit that change the next search. */
export function leavesTraces(log: string): boolean {
  return /failed|aborted/i.test(log);
}

/** How the operating point was found, from what the engine says when its direct search fails. */
export function convergenceInLog(log: string): SimulationOk["convergence"] {
  if (/transient op (started|finished)/i.test(log)) return "transient";
  if (/starting source stepping/i.test(log)) return "source";
  if (/starting .*gmin stepping/i.test(log)) return "gmin";
  return "direct";
}

/** The end of a log, for a failure that no pattern explains. */
export function logTail(log: string): string {
  return tidy(log).slice(-5).join(" | ").slice(-600);
}

function linesMatching(lines: readonly string[], patterns: readonly RegExp[]): string {
  return [...new Set(lines.filter((line) => patterns.some((pattern) => pattern.test(line))))]
    .slice(0, 5)
    .join(" | ")
    .slice(0, 600);
}

/** Its lines, without prompts and without empty ones. */
function tidy(log: string): string[] {
  return log
    .split("\n")
    .map((line) => line.replace(/^(ngspice \d+ -> )+/, "").trim())
    .filter((line) => line !== "");
}

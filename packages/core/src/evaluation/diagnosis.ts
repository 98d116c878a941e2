import { Circuit } from "../circuit/circuit.js";
import type { DeviceType } from "../contracts/device-type.js";
import { hasPassed } from "../verification/ladder.js";
import type { EvaluatedAttempt } from "./evaluated-attempt.js";
import { sizeThreshold } from "./size-threshold.js";
import type { TrainingCorpus } from "./training-corpus.js";
import { transistorRole } from "./transistor-role.js";

/** A way in which generators of circuits are known to fail (Gao et al., ICLR 2025), found in the attempts. */
export interface Finding {
  readonly signature: "memorised" | "poor figures" | "no growth";
  readonly text: string;
  /** Circuits that show it. */
  readonly examples: readonly string[];
}

/** Below this share of novel circuits among simulatable ones, and above that of simulatable ones among all, it memorises. */
const LOW_NOVELTY = 0.7;
const HIGH_VALIDITY = 0.5;
/** Of the circuits tried on a bench: more that do nothing useful are a signature, given at least {@link FEWEST_TRIED}. */
const MANY_IDLE = 0.4;
const FEWEST_TRIED = 5;
const SHOWN = 6;
/** Transistors named of each circuit. */
const NAMED = 5;

export function diagnose(
  attempts: readonly EvaluatedAttempt[],
  corpus: TrainingCorpus | undefined,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): Finding[] {
  return [memorised(attempts, corpus), poorFigures(attempts, deviceTypes), noGrowth(attempts, corpus)].filter(
    (finding) => finding !== undefined,
  );
}

function memorised(attempts: readonly EvaluatedAttempt[], corpus: TrainingCorpus | undefined): Finding | undefined {
  if (corpus === undefined) return undefined;
  const simulatable = attempts.filter((attempt) => hasPassed(attempt, "simulatable"));
  const known = simulatable.filter(({ id }) => id !== undefined && corpus.ids.has(id));
  const novelty = 1 - known.length / simulatable.length;
  if (simulatable.length < HIGH_VALIDITY * attempts.length || simulatable.length === 0 || novelty >= LOW_NOVELTY)
    return undefined;
  const repeated = new Map<string, number>();
  for (const { id = "" } of known) repeated.set(id, (repeated.get(id) ?? 0) + 1);
  const names = new Map(
    corpus.circuits.map(({ id, circuit, title }) => [id, title === undefined ? circuit.name : `${circuit.name} (${title})`]),
  );
  const most = [...repeated].sort(([, a], [, b]) => b - a);
  return {
    signature: "memorised",
    text:
      `${percent(simulatable.length, attempts.length)} of the attempts are simulatable, but ${known.length} of these ` +
      `${simulatable.length} repeat a training circuit: the generator has memorised ${repeated.size} of ${corpus.circuits.length} topologies. ` +
      (corpus.isTrainedOn
        ? `Train for fewer steps, with more augmentation (encode.walks) or dropout (train.model.dropout), or sample at a higher generate.temperature.`
        : `The run trained nothing: sample at a higher generate.temperature, ask for other sizes or ports (generate.conditions), or compose from another corpus.`),
    examples: most.slice(0, SHOWN).map(([id, times]) => `training circuit ${names.get(id) ?? id}: written ${times} times`),
  };
}

function poorFigures(attempts: readonly EvaluatedAttempt[], deviceTypes: ReadonlyMap<string, DeviceType>): Finding | undefined {
  const tried = attempts.filter(({ best }) => best !== undefined);
  const idle = tried.filter(({ failed }) => failed?.rung === "functional");
  if (tried.length < FEWEST_TRIED || idle.length < MANY_IDLE * tried.length) return undefined;
  const roles = new Map<string, number>();
  const withRegion = { off: 0, triode: 0 };
  const examples: string[] = [];
  for (const attempt of idle) {
    const wrong = misbiased(attempt, deviceTypes);
    if (wrong.some(({ region }) => region === "off")) withRegion.off++;
    if (wrong.some(({ region }) => region === "triode")) withRegion.triode++;
    for (const role of new Set(wrong.map(({ role, region }) => `${role} is ${inWords(region)}`))) {
      roles.set(role, (roles.get(role) ?? 0) + 1);
    }
    const named = wrong.slice(0, NAMED).map(({ device, region }) => `${device} ${inWords(region)}`);
    const devices = [...named, ...(wrong.length > NAMED ? [`and ${wrong.length - NAMED} more`] : [])].join(", ");
    examples.push(`${attempt.name}: ${attempt.failed?.message ?? ""}${devices === "" ? "" : `; ${devices}`}`);
  }
  const common = [...roles].sort(([, a], [, b]) => b - a).slice(0, 3);
  const causes = common.map(([role, count]) => `a ${role} in ${count}`).join("; ");
  return {
    signature: "poor figures",
    text:
      `${idle.length} of the ${tried.length} simulatable circuits that were sized do nothing useful at their best sizing. ` +
      `A transistor is off in ${withRegion.off} of them, in triode in ${withRegion.triode}` +
      (causes === "" ? "." : `; most often ${causes}.`),
    examples: examples.slice(0, SHOWN),
  };
}

interface Misbiased {
  readonly device: string;
  readonly region: "off" | "triode";
  readonly role: string;
}

/** Transistors that are off or in triode at the best sizing. A switch may be so by design: it is told, not judged. */
export function misbiased({ circuit, best }: EvaluatedAttempt, deviceTypes: ReadonlyMap<string, DeviceType>): Misbiased[] {
  if (circuit === undefined || best?.regions === undefined) return [];
  const whole = new Circuit(circuit);
  return whole.devices.flatMap((device) => {
    const found = best.regions?.[device.name];
    const type = deviceTypes.get(device.type);
    if (type === undefined || found === undefined) return [];
    // A saturated bipolar transistor is what a MOSFET in triode is.
    const region = found === "saturation" && type.spiceLetter === "q" ? "triode" : found;
    if (region !== "off" && region !== "triode") return [];
    return [{ device: device.name, region, role: transistorRole(whole, device, type) }];
  });
}

function inWords(region: "off" | "triode"): string {
  return region === "off" ? "off" : "in triode";
}

function noGrowth(attempts: readonly EvaluatedAttempt[], corpus: TrainingCorpus | undefined): Finding | undefined {
  const threshold = sizeThreshold(attempts);
  if (threshold === undefined) return undefined;
  const { devices, below, fromThere } = threshold;
  const valid = attempts.filter((attempt) => hasPassed(attempt, "simulatable"));
  const largest = valid.reduce((most, { deviceCount = 0 }) => Math.max(most, deviceCount), 0);
  const known = corpus?.circuits.reduce((most, { circuit }) => Math.max(most, circuit.devices.length), 0);
  return {
    signature: "no growth",
    text:
      `From ${devices} devices on, ${percent(fromThere.count, fromThere.of)} of ${fromThere.of} circuits are simulatable, of ` +
      `smaller ones ${percent(below.count, below.of)} of ${below.of}. The largest simulatable circuit has ${largest} devices` +
      (known === undefined ? "." : `, the largest training circuit ${known}.`),
    examples: valid
      .filter(({ deviceCount }) => deviceCount === largest)
      .slice(0, 1)
      .map(({ name }) => `${name}: ${largest} devices`),
  };
}

function percent(count: number, of: number): string {
  return `${((100 * count) / of).toFixed(0)} %`;
}

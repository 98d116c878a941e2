import { missingPort } from "../sizing/missing-port.js";
import type { Circuit } from "../circuit/circuit.js";
import { checkRules } from "../circuit/rules/index.js";
import type { CircuitFamily, Constraint, Specification } from "../contracts/circuit-family.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { DeviceOperatingPoint } from "../contracts/simulator.js";
import { TopogenieError } from "../runtime/error.js";
import { sizeCircuit, type SizeCircuitRequest, type SizingResult } from "../sizing/size-circuit.js";
import { constraintViolation } from "../sizing/specification.js";
import { circuitElements } from "../spice/device-under-test.js";
import type { Verdict } from "../verification/ladder.js";

/** What rungs 6 and 7 found out about a circuit. */
export interface FunctionalOutcome {
  /** Absent when some sizing meets the specification. */
  readonly failed?: Verdict["failed"];
  /** The best sizing; absent when the circuit could not be put on the family's bench. */
  readonly best?: {
    readonly measured: Readonly<Record<string, number>>;
    readonly figureOfMerit?: number;
    readonly simulations: number;
    readonly failedSimulations: number;
    /** Where its transistors work, by device; only of a circuit that is not functional. */
    readonly regions?: Readonly<Record<string, DeviceOperatingPoint["region"]>>;
  };
}

export type FunctionalRequest = Omit<SizeCircuitRequest, "until">;

/**
 * Whether some sizing within the budget meets the family's minimum function (rung 6) and its specification (rung 7). A circuit
 * without the family's ports, or that breaks a rule of the family's, is not functional. The search ends when the specification
 * is met: what comes after cannot change the answer.
 */
export async function tryFunctional(request: FunctionalRequest): Promise<FunctionalOutcome> {
  const { circuit, family, deviceTypes } = request;
  const misfit = familyMisfit(circuit, family, deviceTypes);
  if (misfit !== undefined) return { failed: { rung: "functional", ...misfit } };
  let result: SizingResult;
  try {
    result = await sizeCircuit({ ...request, until: "on-spec" });
  } catch (cause) {
    // A circuit that has nothing to size, or that the simulator cannot read, is an answer about that circuit.
    if (!(cause instanceof TopogenieError)) throw cause;
    return { failed: { rung: "functional", reason: cause.code, message: cause.message } };
  }
  const failed = failedRung(result, family, request.specification ?? family.specification);
  const regions = failed?.rung === "functional" ? await operatingRegions(request, result) : undefined;
  return {
    ...(failed === undefined ? {} : { failed }),
    best: {
      measured: result.measured,
      ...(result.figureOfMerit === undefined ? {} : { figureOfMerit: result.figureOfMerit }),
      simulations: result.simulations,
      failedSimulations: result.failedSimulations,
      ...(regions === undefined ? {} : { regions }),
    },
  };
}

function familyMisfit(
  circuit: Circuit,
  family: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): { readonly reason: string; readonly message: string } | undefined {
  const port = missingPort(circuit, family);
  if (port !== undefined) {
    return { reason: `${family.name} ${port}`, message: `its ports are ${circuit.ports.join(" ")}` };
  }
  const violation = checkRules(circuit, deviceTypes, family.rules)[0];
  return violation === undefined ? undefined : { reason: violation.rule, message: violation.message };
}

function failedRung(result: SizingResult, family: CircuitFamily, specification: Specification): Verdict["failed"] {
  if (result.onSpec) return undefined;
  const rung = result.functional ? "on-spec" : "functional";
  const { constraints } = result.functional ? specification : family.minimumFunction;
  if (Object.keys(result.measured).length === 0) {
    const reasons = Object.entries(result.failures).map(([reason, count]) => `${count}: ${reason}`);
    return { rung, reason: "no sizing could be simulated", message: reasons.join(", ") };
  }
  const missed = constraints.filter((constraint) => constraintViolation(constraint, result.measured) > 0);
  return {
    rung,
    reason: `the best sizing misses ${missed.map(({ measurement }) => measurement).join(", ")}`,
    message: missed.map((constraint) => shortfall(constraint, result, family)).join(", "),
  };
}

function shortfall({ measurement, atLeast, atMost }: Constraint, { measured }: SizingResult, family: CircuitFamily): string {
  const { title = measurement, unit = "" } = family.measurements.find(({ name }) => name === measurement) ?? {};
  const value = measured[measurement];
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ];
  const found = value === undefined ? "could not be measured" : `is ${Number(value.toPrecision(3))} ${unit}`;
  return `${title} ${found}, wanted ${bounds.join(" and ")} ${unit}`.trim();
}

const TIMEOUT_MS = 10_000;

/** Regions of the circuit's own transistors on the first bench with the best sizing; undefined when that has no operating point. */
async function operatingRegions(
  { circuit, family, deviceTypes, models, simulator, signal }: FunctionalRequest,
  result: SizingResult,
): Promise<Readonly<Record<string, DeviceOperatingPoint["region"]>> | undefined> {
  const dut = circuitElements(circuit, deviceTypes, {}, models);
  const [bench] = family.testbenches(dut);
  const deck = bench === undefined ? undefined : result.decks[bench.name];
  if (deck === undefined) return undefined;
  const transistors = new Set(deck.elements.flatMap(({ kind, name }) => (kind === "mosfet" || kind === "bipolar" ? [name] : [])));
  const devices = circuit.devices.filter(({ name }) => transistors.has(dut.instance(name)));
  const session = await simulator.open(deck);
  try {
    const run = await session.run({
      analyses: [{ kind: "op" }],
      devices: devices.map(({ name }) => dut.instance(name)),
      timeoutMs: TIMEOUT_MS,
      ...(signal === undefined ? {} : { signal }),
    });
    const [first] = run.status === "ok" ? run.analyses : [];
    if (first?.kind !== "op") return undefined;
    return Object.fromEntries(
      devices.flatMap(({ name }) => {
        const point = first.op.devices[dut.instance(name)];
        return point === undefined ? [] : [[name, point.region] as const];
      }),
    );
  } finally {
    await session.close();
  }
}

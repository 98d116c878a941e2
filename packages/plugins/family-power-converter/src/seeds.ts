import {
  combinations,
  composedSeed,
  departures,
  distinct,
  Schematic,
  TEXTBOOK_DEPARTURES,
  textbookFirst,
} from "@topogenie/building-blocks";
import { Circuit, type SeedTopology } from "@topogenie/core";
import { type DriverPlan, driverPlans, gates, mixedDriverPlans } from "./seeds/gate-drivers.js";
import { inductiveStages } from "./seeds/inductive-stages.js";
import { pumpStages } from "./seeds/pump-stages.js";
import { type Addition, inputAdditions, moreInputAdditions, moreOutputAdditions, outputAdditions } from "./seeds/recipe.js";
import type { Stage } from "./seeds/stage.js";
import { switchedCapacitorStages } from "./seeds/switched-capacitor-stages.js";

interface Recipe {
  readonly stage: Stage;
  readonly drivers: DriverPlan;
  readonly input: Addition;
  readonly output: Addition;
}

/** More would be driver chains and switches over and over. */
export const MOST_DEVICES = 50;

/**
 * Every seed topology; always the same ones in the same order.
 *
 * @param departures most choices in which a seed may differ from the plain form of its structure
 */
export function* seeds(departures = TEXTBOOK_DEPARTURES): Generator<SeedTopology> {
  for (const seed of distinct(drawAll(departures))) if (seed.circuit.devices.length <= MOST_DEVICES) yield seed;
}

function* drawAll(most: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of textbookFirst({ textbook: textbookRecipes, all: possibleRecipes, departuresOf }, most)) {
    number += 1;
    yield drawSeed(recipe, `power-converter-${number}`);
  }
}

const stages: readonly Stage[] = [...inductiveStages, ...pumpStages, ...switchedCapacitorStages];

function* textbookRecipes(): Generator<Recipe> {
  const [plainInput, ...inputs] = inputAdditions;
  const [plainOutput, ...outputs] = outputAdditions;
  if (plainInput === undefined || plainOutput === undefined) return;
  for (const stage of stages) {
    const plans = stage.variants === "many" ? driverPlans : driverPlans.slice(0, 2);
    for (const drivers of plans) yield { stage, drivers, input: plainInput, output: plainOutput };
    if (stage.variants !== "many") continue;
    for (const drivers of driverPlans.slice(0, 2)) {
      for (const output of outputs) yield { stage, drivers, input: plainInput, output };
      for (const input of inputs) yield { stage, drivers, input, output: plainOutput };
    }
  }
}

function* possibleRecipes(): Generator<Recipe> {
  const choices = combinations<Recipe>({
    stage: stages,
    drivers: [...driverPlans, ...mixedDriverPlans],
    input: [...inputAdditions, ...moreInputAdditions],
    output: [...outputAdditions, ...moreOutputAdditions],
  });
  for (const recipe of choices) {
    const { stage, input, output } = recipe;
    // A filter before an input that nothing takes hangs in the air; two coils outside the stage ring beyond the run's end.
    if (input.coil === true && (stage.fedByClocks === true || output.coil === true)) continue;
    yield recipe;
  }
}

function departuresOf({ drivers, input, output }: Recipe): number {
  return departures([
    [drivers.stagesN, 0],
    [drivers.stagesP, 0],
    [input.title, ""],
    [output.title, ""],
  ]);
}

function drawSeed({ stage, drivers, input, output }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const sink = view.port("VOUT");
  const fed = input.draw(view, view.port("VIN"));
  const given = output.draw(view, sink);
  stage.draw({ view, input: fed, output: given, ...gates(view, drivers) });
  const parts = [stage, drivers, input, output];
  const seed = composedSeed(
    view,
    name,
    parts.map(({ title }) => title),
    parts.map(({ citation }) => citation),
  );
  return { ...seed, circuit: withPorts(seed.circuit) };
}

/**
 * Names the control nets `phase:…` as ports in the order of their phases, so that a port's number tells its phase, and leaves
 * out a supply that nothing needs. A phase that has no port lends its number to the next of its parity, never to the other.
 */
function withPorts(drawn: Circuit): Circuit {
  const nets = [...drawn.nets.keys()].filter((net) => net.startsWith("phase:"));
  const phaseOf = (net: string): number => Number(/\d+$/.exec(net)?.[0] ?? 1);
  const taken = new Set<number>();
  const names = new Map<string, string>();
  for (const net of nets.sort((a, b) => phaseOf(a) - phaseOf(b) || (a < b ? -1 : 1))) {
    let number = phaseOf(net);
    while (taken.has(number)) number += 4;
    taken.add(number);
    names.set(net, `VCONT${number}`);
  }
  const devices = drawn.devices.map((device) => ({ ...device, nets: device.nets.map((net) => names.get(net) ?? net) }));
  const used = new Set(devices.flatMap((device) => device.nets));
  return new Circuit({ name: drawn.name, devices, ports: [...drawn.ports.filter((port) => used.has(port)), ...names.values()] });
}

import { distinct, Schematic } from "@topogenie/building-blocks";
import { Circuit, type SeedTopology } from "@topogenie/core";
import { type DriverPlan, driverPlans, gates } from "./seeds/gate-drivers.js";
import { inductiveStages } from "./seeds/inductive-stages.js";
import { pumpStages } from "./seeds/pump-stages.js";
import { type Addition, inputAdditions, outputAdditions } from "./seeds/recipe.js";
import type { Stage } from "./seeds/stage.js";
import { switchedCapacitorStages } from "./seeds/switched-capacitor-stages.js";

interface Recipe {
  readonly stage: Stage;
  readonly drivers: DriverPlan;
  readonly input: Addition;
  readonly output: Addition;
}

/** Every seed topology; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  yield* distinct(drawAll());
}

function* drawAll(): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of recipes()) {
    number += 1;
    yield drawSeed(recipe, `power-converter-${number}`);
  }
}

function* recipes(): Generator<Recipe> {
  const [plainInput, ...inputs] = inputAdditions;
  const [plainOutput, ...outputs] = outputAdditions;
  if (plainInput === undefined || plainOutput === undefined) return;
  for (const stage of [...inductiveStages, ...pumpStages, ...switchedCapacitorStages]) {
    const plans = stage.variants === "many" ? driverPlans : driverPlans.slice(0, 2);
    for (const drivers of plans) yield { stage, drivers, input: plainInput, output: plainOutput };
    if (stage.variants !== "many") continue;
    const [first] = driverPlans;
    if (first === undefined) continue;
    for (const drivers of driverPlans.slice(0, 2)) {
      for (const output of outputs) yield { stage, drivers, input: plainInput, output };
      for (const input of inputs) yield { stage, drivers, input, output: plainOutput };
    }
  }
}

function drawSeed({ stage, drivers, input, output }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const sink = view.port("VOUT");
  const fed = input.draw(view, view.port("VIN"));
  const given = output.draw(view, sink);
  stage.draw({ view, input: fed, output: given, ...gates(view, drivers) });
  return {
    circuit: withPorts(view.toCircuit(name)),
    title: [stage.title, drivers.title, input.title, output.title].filter((part) => part !== "").join(", "),
    citation: [stage.citation, drivers.citation, input.citation, output.citation].filter((part) => part !== undefined).join("; "),
  };
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

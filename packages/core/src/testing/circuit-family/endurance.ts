import { Circuit } from "../../circuit/circuit.js";
import type { CircuitFamily } from "../../contracts/circuit-family.js";
import type { DeviceType } from "../../contracts/device-type.js";
import { circuitElements } from "../../spice/device-under-test.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { bytesLeftBehind } from "../memory-held.js";
import { deadCircuit } from "./dead-circuit.js";
import type { DrawnSeeds } from "./drawn-seeds.js";

const CIRCUITS = 20;
/** The benches of the smallest circuit, or what was measured on them, are several times as much. */
const MOST_BYTES = 2000;

/** A run judges and measures circuits by the hundred thousand. */
export function endurance(
  family: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  drawn: DrawnSeeds,
): readonly BehaviourCheck[] {
  return [
    {
      name: "holds on to nothing of circuits that are done with",
      run: () => {
        const seeds = drawn();
        const grown = bytesLeftBehind(CIRCUITS, MOST_BYTES, (number) => {
          const seed = seeds[number % seeds.length];
          promise(seed !== undefined, "there are no seeds");
          judgeAndMeasure(family, deviceTypes, anew(seed.circuit, number));
        });
        promise(grown < MOST_BYTES, `memory grew by ${grown.toFixed(0)} bytes a circuit`);
      },
    },
  ];
}

/** With names of its own, since whoever remembers circuits by what they hold has never seen it. */
function anew(circuit: Circuit, number: number): Circuit {
  return new Circuit({
    name: `${circuit.name}-${number}`,
    ports: circuit.ports,
    devices: circuit.devices.map((device) => ({ ...device, name: `${device.name}_${number}` })),
  });
}

function judgeAndMeasure(family: CircuitFamily, deviceTypes: ReadonlyMap<string, DeviceType>, circuit: Circuit): void {
  for (const rule of family.rules) rule.check(circuit, deviceTypes);
  const benches = family.testbenches(circuitElements(circuit, deviceTypes));
  const results = Object.fromEntries(benches.map((bench) => [bench.name, deadCircuit(bench)]));
  family.figureOfMerit.evaluate(family.measure(results));
}

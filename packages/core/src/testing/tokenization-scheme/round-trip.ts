import { canonicalForm } from "../../circuit/canonical/canonical-form.js";
import type { Circuit } from "../../circuit/circuit.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

/** What is written comes back. */
export function roundTrip(
  scheme: TokenizationScheme,
  circuits: readonly Circuit[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly BehaviourCheck[] {
  return [
    {
      name: "reads back the topology that it wrote",
      run: () => {
        for (const circuit of circuits) {
          for (let walk = 0; walk < 5; walk++) {
            const decoded = scheme.decode(scheme.encode(circuit, createRng(`conformance/${walk}`)));
            const same = canonicalForm(decoded, deviceTypes) === canonicalForm(circuit, deviceTypes);
            promise(same, `circuit "${circuit.name}" comes back as another topology`);
            const ports = [...decoded.ports].sort().join(" ");
            promise(ports === [...circuit.ports].sort().join(" "), `circuit "${circuit.name}" comes back with ports ${ports}`);
          }
        }
      },
    },
  ];
}

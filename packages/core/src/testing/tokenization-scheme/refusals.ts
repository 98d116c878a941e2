import { canonicalForm } from "../../circuit/canonical/canonical-form.js";
import type { Circuit } from "../../circuit/circuit.js";
import { DecodeError } from "../../contracts/decode-error.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { specialTokens } from "../../language-model/vocabulary.js";
import { TopogenieError } from "../../runtime/error.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { errorOf } from "./error-of.js";
import { exampleCircuit } from "./example-circuits.js";

/** What is no circuit is refused, with its place. */
export function refusals(
  scheme: TokenizationScheme,
  circuits: readonly Circuit[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly BehaviourCheck[] {
  return [
    { name: "refuses what is no circuit with a DecodeError that says where", run: () => checkRefusals(scheme, circuits) },
    {
      name: "writes an odd circuit as it is, or refuses it with a coded error",
      run: () => {
        for (const circuit of oddCircuits) checkOdd(scheme, circuit, deviceTypes);
      },
    },
  ];
}

const oddCircuits = [
  exampleCircuit("no device", ["VSS"]),
  exampleCircuit("no VSS", ["VDD"], ["resistor", "VDD", "VDD"]),
  exampleCircuit("a port like no port", ["VSS", "@1"], ["resistor", "VSS", "@1"]),
  exampleCircuit("a port like a mark", ["VSS", "|"], ["resistor", "VSS", "|"]),
  exampleCircuit("a loose port", ["VSS", "VIN1"], ["resistor", "VSS", "a"]),
  exampleCircuit("a device of no known type", ["VSS"], ["memristor", "VSS", "a"]),
  exampleCircuit("a device short of pins", ["VSS"], ["nmos4", "VSS", "a"]),
  exampleCircuit(
    "parts that nothing joins",
    ["VSS", "VDD", "VIN1"],
    ["resistor", "VIN1", "VSS"],
    ["capacitor", "VDD", "VSS"],
    ["resistor", "VSS", "nowhere"],
  ),
];

function checkOdd(scheme: TokenizationScheme, circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): void {
  let tokens: readonly string[];
  try {
    tokens = scheme.encode(circuit, createRng("odd"));
  } catch (error) {
    promise(
      error instanceof TopogenieError,
      `a circuit with ${circuit.name} must be refused with a coded error, not ${String(error)}`,
    );
    return;
  }
  const decoded = scheme.decode(tokens);
  const same = canonicalForm(decoded, deviceTypes) === canonicalForm(circuit, deviceTypes);
  promise(same, `a circuit with ${circuit.name} comes back as another`);
}

function checkRefusals(scheme: TokenizationScheme, circuits: readonly Circuit[]): void {
  const [circuit] = circuits;
  promise(circuit !== undefined, "the suite needs circuits");
  const sentence = scheme.encode(circuit, createRng("conformance"));
  const middle = Math.floor(sentence.length / 2);
  const broken: (readonly [string, readonly string[]])[] = [
    ["an empty sentence", []],
    ["a sentence with an unknown word", [...sentence.slice(0, middle), "<no such token>", ...sentence.slice(middle)]],
    ["a sentence with a special token", [...sentence.slice(0, middle), specialTokens[0], ...sentence.slice(middle)]],
    ["one word alone", sentence.slice(0, 1)],
  ];
  for (const [what, tokens] of broken) {
    const error = errorOf(() => scheme.decode(tokens));
    promise(error instanceof DecodeError, `${what} must be refused with a DecodeError, not ${String(error)}`);
    promise(
      Number.isInteger(error.position) && error.position >= 0 && error.position <= tokens.length,
      `${what} is refused at ${error.position}, which is no position in ${tokens.length} tokens`,
    );
    promise(
      error.token === (tokens[error.position] ?? ""),
      `${what}: the error names token "${error.token}", which is not at its position`,
    );
    promise(error.reason.trim() !== "", `${what} is refused without a reason`);
  }
}

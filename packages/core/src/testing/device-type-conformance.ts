import { elementKinds, type DeckElement } from "../contracts/deck.js";
import type { DeviceInstance, DeviceParameter, DeviceType } from "../contracts/device-type.js";
import { isDeckName } from "../spice/name.js";
import { promise, type ConformanceCheck } from "./conformance-check.js";
import { deviceSymbolConformance } from "./device-symbol-conformance.js";

/** What every device type promises, for a plugin's own tests. */
export function deviceTypeConformance(type: DeviceType): readonly ConformanceCheck[] {
  const check = (name: string, run: () => void): ConformanceCheck => ({ name: `${type.name}: ${name}`, run });
  return [
    check("is named so that netlists and tokens can hold it", () => checkNames(type)),
    check("has pins that are told apart", () => checkPins(type)),
    check("speaks only of pins that it has", () => checkPinReferences(type)),
    check("has parameters with bounds that hold their default", () => type.parameters.forEach(checkParameter)),
    check("has well-formed model cards", () => checkModels(type)),
    check("writes well-formed elements at default, smallest and largest values", () => checkElements(type)),
    check("uses every pin, parameter and model card that it declares", () => checkUse(type)),
    check("takes a model from the user's library", () => checkReplacedModel(type)),
    check("writes the same elements every time and changes nothing", () => checkPurity(type)),
    ...deviceSymbolConformance(type),
  ];
}

function checkNames(type: DeviceType): void {
  promise(/^[^\s()*]+$/.test(type.name), `name "${type.name}" must be one word without parentheses or asterisks`);
  promise(
    /^[A-Z]+(_[A-Z]+)*$/.test(type.tokenPrefix),
    `tokenPrefix "${type.tokenPrefix}" must be upper case letters, with underscores only between them`,
  );
  promise(/^[a-z]$/.test(type.spiceLetter), `spiceLetter "${type.spiceLetter}" must be one lower case letter`);
  promise(type.title.trim() !== "", "title must not be empty");
}

function checkPins(type: DeviceType): void {
  const names = type.pins.map((pin) => pin.name);
  promise(names.length >= 2, `a device needs two pins or more, this one has ${names.length}`);
  promise(new Set(names).size === names.length, `pin names ${names.join(" ")} repeat`);
  for (const pin of type.pins) {
    promise(/^[A-Z][A-Z0-9]*$/.test(pin.name), `pin "${pin.name}" must be upper case letters and digits: tokens end with it`);
    promise(pin.title.trim() !== "", `pin "${pin.name}" has no title`);
  }
}

function checkPinReferences(type: DeviceType): void {
  const known = new Set(type.pins.map((pin) => pin.name));
  const grouped = new Set<string>();
  for (const group of type.interchangeablePins) {
    promise(group.length >= 2, `interchangeablePins: the group [${group.join(", ")}] has nothing to swap`);
    for (const pin of group) {
      promise(known.has(pin), `interchangeablePins: there is no pin "${pin}"`);
      promise(!grouped.has(pin), `interchangeablePins: pin "${pin}" is listed twice`);
      grouped.add(pin);
    }
  }
  for (const [from, to] of type.conduction) {
    promise(known.has(from) && known.has(to), `conduction: [${from}, ${to}] names a pin that the device does not have`);
    promise(from !== to, `conduction: [${from}, ${to}] joins a pin to itself`);
  }
}

function checkParameter(parameter: DeviceParameter): void {
  const { name, minimum, maximum } = parameter;
  const says = `parameter "${name}"`;
  promise(/^[a-z][a-z0-9]*$/.test(name), `${says}: the name must be lower case letters and digits`);
  promise(parameter.title.trim() !== "" && parameter.unit.trim() !== "", `${says} needs a title and a unit`);
  promise([minimum, maximum, parameter.default].every(Number.isFinite), `${says}: bounds and default must be finite`);
  promise(minimum <= maximum, `${says}: minimum ${minimum} is above maximum ${maximum}`);
  promise(
    minimum <= parameter.default && parameter.default <= maximum,
    `${says}: default ${parameter.default} is outside ${minimum} to ${maximum}`,
  );
  promise(parameter.scale === "linear" || minimum > 0, `${says}: a logarithmic scale needs a minimum above 0`);
  if (parameter.integer === true) {
    promise([minimum, maximum, parameter.default].every(Number.isInteger), `${says}: bounds and default must be whole numbers`);
  }
}

function checkModels(type: DeviceType): void {
  const names = type.models.map((model) => model.name);
  promise(new Set(names).size === names.length, `two model cards share a name: ${names.join(", ")}`);
  for (const model of type.models) {
    promise(isDeckName(model.name), `model name "${model.name}" must match [a-z][a-z0-9_]*`);
    for (const [parameter, value] of Object.entries(model.parameters)) {
      promise(/^[a-z][a-z0-9]*$/.test(parameter), `model "${model.name}": parameter "${parameter}" must be lower case`);
      promise(Number.isFinite(value), `model "${model.name}": ${parameter} is ${value}, which is not a finite number`);
    }
  }
}

function checkElements(type: DeviceType): void {
  for (const values of [valuesAt(type, "default"), valuesAt(type, "minimum"), valuesAt(type, "maximum")]) {
    const instance = exampleInstance(type, values);
    const elements = type.toSpice(instance);
    promise(elements.length > 0, "toSpice wrote no element");
    const only = elements.length === 1 ? elements[0] : undefined;
    const letter = only === undefined ? "x" : elementKinds[only.kind].letter;
    promise(letter === type.spiceLetter, `spiceLetter is "${type.spiceLetter}", but toSpice writes what SPICE calls "${letter}"`);
    const names = elements.map((element) => element.name);
    promise(new Set(names).size === names.length, `element names repeat: ${names.join(", ")}`);
    for (const element of elements) checkElement(type, element, instance);
  }
}

function checkElement(type: DeviceType, element: DeckElement, instance: DeviceInstance): void {
  const kind = elementKinds[element.kind];
  const says = `element "${element.name}" (${element.kind})`;
  promise(isDeckName(element.name), `${says}: the name must match [a-z][a-z0-9_]*`);
  promise(ownName(element.name, instance), `${says}: the name must begin with the instance's, ${instance.name}`);
  promise(element.nodes.length === kind.nodes, `${says} has ${element.nodes.length} nodes and needs ${kind.nodes}`);
  for (const node of element.nodes) {
    const outside = [...instance.nodes, instance.supply, instance.ground].includes(node);
    promise(
      outside || (isDeckName(node) && ownName(node, instance)),
      `${says}: node "${node}" is neither the instance's nor begins with its name`,
    );
  }
  for (const [name, value] of Object.entries(element.values)) {
    promise((kind.values as readonly string[]).includes(name), `${says}: a ${element.kind} has no value "${name}"`);
    promise(Number.isFinite(value), `${says}: ${name} is ${value}, which is not a finite number`);
  }
  promise((element.model !== undefined) === kind.model, `${says} ${kind.model ? "needs a" : "takes no"} model`);
  promise(
    element.model === undefined || type.models.some((model) => model.name === element.model),
    `${says}: model "${element.model ?? ""}" is not among the device type's models`,
  );
}

function checkUse(type: DeviceType): void {
  const values = valuesAt(type, "default");
  const instance = exampleInstance(type, values);
  const elements = type.toSpice(instance);
  type.pins.forEach((pin, index) => {
    const node = instance.nodes[index] ?? "";
    promise(
      elements.some((element) => element.nodes.includes(node)),
      `pin "${pin.name}" is joined to no element`,
    );
  });
  for (const model of type.models) {
    promise(
      elements.some((element) => element.model === model.name),
      `model "${model.name}" is declared and never used`,
    );
  }
  for (const { name, minimum } of type.parameters) {
    // Twice the minimum, since bounds may be equal: such a parameter is read from netlists and never sized.
    const [once, twice] = [minimum, 2 * minimum + (minimum === 0 ? 1 : 0)].map((value) =>
      JSON.stringify(type.toSpice(exampleInstance(type, { ...values, [name]: value }))),
    );
    promise(once !== twice, `parameter "${name}" changes nothing in the deck`);
  }
}

/** Types with several cards choose among their own: one name from a library could not stand for all of them. */
function checkReplacedModel(type: DeviceType): void {
  if (type.models.length !== 1) return;
  const elements = type.toSpice({ ...exampleInstance(type, valuesAt(type, "default")), model: "from_library" });
  promise(
    elements.some((element) => element.model === "from_library"),
    "toSpice does not use the model that the instance names",
  );
}

function checkPurity(type: DeviceType): void {
  const frozen = exampleInstance(type, valuesAt(type, "default"));
  Object.freeze(frozen.values);
  Object.freeze(frozen.nodes);
  const first = JSON.stringify(type.toSpice(Object.freeze(frozen)));
  promise(first === JSON.stringify(type.toSpice(frozen)), "toSpice wrote different elements for the same instance");
}

function ownName(name: string, instance: DeviceInstance): boolean {
  return name === instance.name || name.startsWith(`${instance.name}_`);
}

function valuesAt(type: DeviceType, which: "default" | "minimum" | "maximum"): Readonly<Record<string, number>> {
  return Object.fromEntries(type.parameters.map((parameter) => [parameter.name, parameter[which]]));
}

function exampleInstance(type: DeviceType, values: Readonly<Record<string, number>>): DeviceInstance {
  return { name: "d_1", nodes: type.pins.map((_, index) => `n_${index}`), values, supply: "n_supply", ground: "0" };
}

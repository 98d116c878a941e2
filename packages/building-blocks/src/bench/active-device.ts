import { GROUND, type DeckElement, type ModelCard } from "@topogenie/core";

/** A transistor of a deck with its terminals named by what they do. `n`: current runs from output to common. */
export interface ActiveDevice {
  readonly polarity: "n" | "p";
  readonly kind: "mosfet" | "bipolar";
  /** Gate or base. */
  readonly control: string;
  /** Drain or collector. */
  readonly output: string;
  /** Source or emitter. */
  readonly common: string;
}

/** Every transistor of the circuit under test. A channel that stands on the wrong rail is turned round, as it works that way. */
export function activeDevices(
  elements: readonly DeckElement[],
  models: readonly ModelCard[],
  supply: string,
): readonly ActiveDevice[] {
  const types = new Map(models.map((model) => [model.name, model.type]));
  return elements.flatMap((element): ActiveDevice[] => {
    if (element.kind !== "mosfet" && element.kind !== "bipolar") return [];
    const type = types.get(element.model ?? "");
    const polarity = type === "nmos" || type === "npn" ? "n" : "p";
    const [output = "", control = "", common = ""] = element.nodes;
    const turned = element.kind === "mosfet" && output !== common && (polarity === "n" ? output === GROUND : output === supply);
    return [{ polarity, kind: element.kind, control, output: turned ? common : output, common: turned ? output : common }];
  });
}

import type { DeviceType } from "../../contracts/device-type.js";
import { TopogenieError } from "../../runtime/error.js";
import { splitAssignments, type SpiceStatement } from "./spice-statements.js";
import { unknownDeviceType } from "./unknown-device-type.js";

/** Finds the device type that a SPICE model stands for. */
export interface SpiceModels {
  /** Among device types that SPICE writes with this letter, or any type when the letter is `x`. */
  deviceType(letter: string, model: string): DeviceType | undefined;
  /** Types written with a letter, in the order of the map. */
  withLetter(letter: string): readonly DeviceType[];
}

/** Foundries name their models after these, with a bin or a threshold behind: `nch_lvt`, `sky130_fd_pr__nfet_01v8`. */
const polarityPatterns: readonly (readonly [polarity: string, pattern: RegExp])[] = [
  ["nmos", /(?:^|_)n(?:mos|ch|fet)/],
  ["pmos", /(?:^|_)p(?:mos|ch|fet)/],
  ["npn", /(?:^|_)npn/],
  ["pnp", /(?:^|_)pnp/],
];

/**
 * A model name is looked up, in this order: in the mapping given; as the name of a device type; among the file's own
 * `.model` lines; among the device types' model cards; by the usual beginnings `nmos`, `nch`, `nfet`, `pmos`, `pch`,
 * `pfet`, `npn`, `pnp`. Case does not matter.
 *
 * @throws TopogenieError `DEVICE_TYPE_UNKNOWN` when the mapping names a type that is not there
 */
export function spiceModels(
  statements: readonly SpiceStatement[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
  mapping: Readonly<Record<string, string>>,
): SpiceModels {
  const types = [...deviceTypes.values()];
  const mapped = new Map(
    Object.entries(mapping).map(([model, typeName]) => {
      const type = deviceTypes.get(typeName);
      if (type === undefined) {
        throw new TopogenieError(
          "DEVICE_TYPE_UNKNOWN",
          `Model "${model}" is mapped to a device type. ${unknownDeviceType(typeName, [...deviceTypes.keys()])}`,
        );
      }
      return [model.toLowerCase(), type];
    }),
  );
  const cards = new Map<string, string>();
  for (const { tokens } of statements) {
    const { words } = splitAssignments(tokens);
    const [keyword, model, kind] = words;
    if (keyword?.toLowerCase() === ".model" && model !== undefined && kind !== undefined) {
      cards.set(model.toLowerCase(), kind.toLowerCase());
    }
  }
  const withLetter = (letter: string): readonly DeviceType[] => types.filter((type) => type.spiceLetter === letter);
  const ofPolarity = (letter: string, polarity: string): DeviceType | undefined =>
    withLetter(letter).find((type) => type.models.some((card) => card.type === polarity)) ??
    withLetter(letter).find((type) => type.name.toLowerCase().startsWith(polarity));

  return {
    withLetter,
    deviceType(letter, model) {
      const name = model.toLowerCase();
      const direct = mapped.get(name);
      if (direct !== undefined) return letter === "x" || direct.spiceLetter === letter ? direct : undefined;
      const named = withLetter(letter).find((type) => type.name.toLowerCase() === name);
      if (named !== undefined) return named;
      if (letter === "x") return undefined;
      const card = cards.get(name);
      if (card !== undefined) return ofPolarity(letter, card);
      const own = withLetter(letter).find((type) => type.models.some((candidate) => candidate.name.toLowerCase() === name));
      if (own !== undefined) return own;
      const polarity = polarityPatterns.find(([, pattern]) => pattern.test(name))?.[0];
      return polarity === undefined ? undefined : ofPolarity(letter, polarity);
    },
  };
}

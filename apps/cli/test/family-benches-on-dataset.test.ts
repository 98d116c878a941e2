import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  checkDeck,
  type Circuit,
  circuitElements,
  type CircuitFamily,
  importCircuits,
  missingPort,
  portKind,
  type DeviceType,
} from "@topogenie/core";
import { bandgapFamily, bandgapOptions } from "@topogenie/family-bandgap";
import { comparatorFamily, comparatorOptions } from "@topogenie/family-comparator";
import { ldoFamily, ldoOptions } from "@topogenie/family-ldo";
import { lnaFamily, lnaOptions } from "@topogenie/family-lna";
import { mixerFamily, mixerOptions } from "@topogenie/family-mixer";
import { paFamily, paOptions } from "@topogenie/family-pa";
import { vcoFamily, vcoOptions } from "@topogenie/family-vco";
import { beforeAll, describe, expect, it } from "vitest";
import { allDeviceTypes } from "./simulated-family.js";

const beside = fileURLToPath(new URL("../../../../shared/data/analoggenie-3015.tar.gz", import.meta.url));
const path = process.env.TOPOGENIE_DATASET ?? beside;
const missing = !existsSync(path);

/** Families with their circuits' numbers in the dataset, and the least share that has the ports and obeys the family's rules. */
const families: readonly (readonly [CircuitFamily, readonly (readonly [number, number])[], number])[] = [
  [
    lnaFamily(lnaOptions.parse({})),
    [
      [461, 492],
      [1081, 1090],
    ],
    0.8,
  ],
  [
    mixerFamily(mixerOptions.parse({})),
    [
      [494, 520],
      [1091, 1099],
    ],
    0.8,
  ],
  [
    paFamily(paOptions.parse({})),
    [
      [578, 592],
      [1100, 1108],
    ],
    0.6,
  ],
  [
    vcoFamily(vcoOptions.parse({})),
    [
      [403, 437],
      [521, 544],
      [1109, 1190],
    ],
    0.75,
  ],
  [ldoFamily(ldoOptions.parse({})), [[2181, 2630]], 0.8],
  [
    bandgapFamily(bandgapOptions.parse({})),
    // Figures of a textbook without a VOUT are among 368 to 384.
    [
      [368, 384],
      [1461, 1780],
    ],
    0.9,
  ],
  [
    comparatorFamily(comparatorOptions.parse({})),
    // Parts of comparators, such as 1055's latch without inputs, are among them.
    [
      [738, 749],
      [1039, 1041],
      [1045, 1080],
    ],
    0.8,
  ],
];

describe.skipIf(missing)(
  "benches on circuits of the dataset (skipped when there is none: point TOPOGENIE_DATASET at a copy)",
  () => {
    let circuits: readonly Circuit[] = [];
    let deviceTypes: ReadonlyMap<string, DeviceType> = new Map();
    beforeAll(async () => {
      deviceTypes = await allDeviceTypes();
      circuits = (await importCircuits(path, { deviceTypes })).circuits;
    }, 120_000);

    for (const [family, spans, share] of families) {
      it(`the ${family.name}'s take most circuits, and every one that its ports and rules let through`, () => {
        const own = circuits.filter(({ name }) => {
          const number = Number(/\d+$/.exec(name)?.[0]);
          return spans.some(([first, last]) => first <= number && number <= last);
        });
        const known = new Set(family.ports.map(({ kind }) => kind));
        const eligible = own.filter(
          (circuit) =>
            circuit.ports.every((port) => known.has(portKind(port))) &&
            missingPort(circuit, family) === undefined &&
            family.rules.every((rule) => rule.check(circuit, deviceTypes).length === 0),
        );
        expect(eligible.length / own.length).toBeGreaterThanOrEqual(share);
        for (const circuit of eligible) {
          for (const { deck } of family.testbenches(circuitElements(circuit, deviceTypes))) {
            expect(() => checkDeck(deck), circuit.name).not.toThrow();
          }
        }
      }, 120_000);
    }
  },
);

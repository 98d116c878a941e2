import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  checkDeck,
  checkRules,
  type Circuit,
  circuitElements,
  type CircuitFamily,
  importCircuits,
  portKind,
  requiredPorts,
} from "@topogenie/core";
import { lnaFamily, lnaOptions } from "@topogenie/family-lna";
import { mixerFamily, mixerOptions } from "@topogenie/family-mixer";
import { paFamily, paOptions } from "@topogenie/family-pa";
import { vcoFamily, vcoOptions } from "@topogenie/family-vco";
import { beforeAll, describe, expect, it } from "vitest";
import { allDeviceTypes } from "./simulated-family.js";

const beside = fileURLToPath(new URL("../../../../shared/data/analoggenie-3015.tar.gz", import.meta.url));
const path = process.env.TOPOGENIE_DATASET ?? beside;
const missing = !existsSync(path);

/** Families with their circuits' numbers in the dataset, and the least share that its benches must accept. */
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
];

describe.skipIf(missing)(
  "benches on circuits of the dataset (skipped when there is none: point TOPOGENIE_DATASET at a copy)",
  () => {
    let circuits: readonly Circuit[] = [];
    beforeAll(async () => {
      circuits = (await importCircuits(path, { deviceTypes: await allDeviceTypes() })).circuits;
    }, 120_000);

    for (const [family, spans, share] of families) {
      it(`the ${family.name}'s know every port and take most circuits`, async () => {
        const deviceTypes = await allDeviceTypes();
        const own = circuits.filter(({ name }) => {
          const number = Number(/\d+$/.exec(name)?.[0]);
          return spans.some(([first, last]) => first <= number && number <= last);
        });
        const known = new Set(family.ports.map(({ kind }) => kind));
        const strange = own.flatMap(({ ports }) => ports.map(portKind).filter((kind) => !known.has(kind)));
        expect([...new Set(strange)]).toEqual([]);
        const sound = own.filter(
          (circuit) => checkRules(circuit, deviceTypes, [requiredPorts(family.ports), ...family.rules]).length === 0,
        );
        expect(sound.length / own.length).toBeGreaterThanOrEqual(share);
        for (const circuit of sound) {
          for (const { deck } of family.testbenches(circuitElements(circuit, deviceTypes))) {
            expect(() => checkDeck(deck), circuit.name).not.toThrow();
          }
        }
      });
    }
  },
);

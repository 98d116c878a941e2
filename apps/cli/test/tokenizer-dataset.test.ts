import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { canonicalForm, type Circuit, createRng, type DeviceType, importCircuits } from "@topogenie/core";
import { npn, pnp } from "@topogenie/devices-bipolar";
import { inverter, pfd, transmissionGate, xor } from "@topogenie/devices-logic";
import { nmos4, pmos4 } from "@topogenie/devices-mos";
import { capacitor, diode, inductor, resistor } from "@topogenie/devices-passive";
import { eulerianOptions, EulerianScheme } from "@topogenie/tokenizer";
import { beforeAll, describe, expect, it } from "vitest";

const deviceTypes: ReadonlyMap<string, DeviceType> = new Map(
  [nmos4, pmos4, npn, pnp, resistor, capacitor, inductor, diode, xor, pfd, inverter, transmissionGate].map((type) => [
    type.name,
    type,
  ]),
);
const beside = fileURLToPath(new URL("../../../../shared/data/analoggenie-3015.tar.gz", import.meta.url));
const path = process.env.TOPOGENIE_DATASET ?? beside;
const whole = path === beside;
const missing = !existsSync(path);

describe.skipIf(missing)(
  "Eulerian walks of the AnalogGenie dataset (skipped when there is none: point TOPOGENIE_DATASET at a copy)",
  () => {
    let circuits: readonly Circuit[];
    beforeAll(async () => {
      circuits = (await importCircuits(path, { deviceTypes })).circuits;
    });

    const make = (options: Record<string, unknown>): EulerianScheme =>
      new EulerianScheme(eulerianOptions.parse(options), deviceTypes);

    /** Lengths of a walk of every circuit that has one, ascending, and why the others have none. */
    const encodeAll = (
      scheme: EulerianScheme,
      check: (circuit: Circuit, walk: readonly string[]) => void,
    ): { lengths: number[]; refused: string[] } => {
      const lengths: number[] = [];
      const refused: string[] = [];
      for (const circuit of circuits) {
        let walk: readonly string[];
        try {
          walk = scheme.encode(circuit, createRng(circuit.name));
        } catch (error) {
          refused.push((error as Error).message);
          continue;
        }
        check(circuit, walk);
        lengths.push(walk.length);
      }
      return { lengths: lengths.sort((a, b) => a - b), refused };
    };

    it.each(["star", "clique"] as const)(
      "decode to the same topology, each an exact walk, with port pins as a %s",
      (portPins) => {
        const scheme = make({ portPins, strictness: "walk" });
        const { lengths, refused } = encodeAll(scheme, (circuit, walk) => {
          const decoded = scheme.decode(walk);
          expect(canonicalForm(decoded, deviceTypes), circuit.name).toBe(canonicalForm(circuit, deviceTypes));
          expect([...decoded.ports].sort(), circuit.name).toEqual([...circuit.ports].sort());
        });
        for (const reason of refused)
          expect(reason).toMatch(/: port \w+ cannot be reached from VSS\. Connect it or remove it\.$/);
        expect(lengths.length).toBeGreaterThan(0.99 * circuits.length);
      },
    );

    it.skipIf(!whole)("have these shortest, median and longest lengths, and no circuit is left out", () => {
      const figures = (portPins: string): number[] => {
        const { lengths, refused } = encodeAll(make({ portPins }), () => undefined);
        return [lengths[0] ?? 0, lengths[Math.floor(lengths.length / 2)] ?? 0, lengths.at(-1) ?? 0, refused.length];
      };
      expect({ star: figures("star"), clique: figures("clique") }).toEqual({
        star: [17, 345, 985, 0],
        clique: [19, 833, 3923, 0],
      });
    });

    it("are all allowed by the grammar that leaves the electrical rules to others", () => {
      const scheme = make({ rules: "ignore" });
      const vocabulary = scheme.vocabulary(circuits);
      encodeAll(scheme, (circuit, walk) => {
        const state = scheme.grammar(vocabulary, walk.length + 200);
        try {
          for (const token of walk) state.push(vocabulary.id(token));
          state.push(2);
        } catch (error) {
          throw new Error(`circuit ${circuit.name}`, { cause: error });
        }
        expect(state.finished).toBe(true);
      });
    });
  },
);

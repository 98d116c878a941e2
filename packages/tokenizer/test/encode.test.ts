import { canonicalForm, createRng, type Circuit } from "@topogenie/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCircuit, bandgapCore, cascode, circuit } from "./circuits.js";
import { deviceTypes } from "./device-types.js";
import { pinEdges } from "./pin-edges.js";
import { scheme } from "./schemes.js";

const forms = (["star", "clique"] as const).flatMap((portPins) =>
  (["uniform", "depth-first"] as const).map((walk) => ({ portPins, walk })),
);

describe.each(forms)("encoding with port pins as a $portPins, $walk walks", ({ portPins, walk: kind }) => {
  const inOrder = scheme({ portPins, walk: kind, deviceNumbers: "circuit", strictness: "walk" });
  const renumbered = scheme({ portPins, walk: kind, strictness: "walk" });
  const byVisit = scheme({ portPins, walk: kind, deviceNumbers: "visit", strictness: "walk" });

  it("uses every arc of the pin graph exactly once, from VSS to VSS", () => {
    fc.assert(
      fc.property(anyCircuit, fc.integer(), (drawn, seed) => {
        const walk = inOrder.encode(drawn, createRng(seed));
        const arcs = walk.slice(1).map((token, index) => `${walk[index] ?? ""} ${token}`);
        const wanted = [...pinEdges(drawn, portPins)].flatMap((edge) => [edge, edge.split(" ").reverse().join(" ")]);
        expect(arcs.sort()).toEqual(wanted.sort());
        expect([walk[0], walk.at(-1)]).toEqual(["VSS", "VSS"]);
      }),
    );
  });

  it("decodes to the circuit, pin by pin", () => {
    fc.assert(
      fc.property(anyCircuit, fc.integer(), (drawn, seed) => {
        expectSamePins(inOrder.decode(inOrder.encode(drawn, createRng(seed))), drawn);
      }),
    );
  });

  it("decodes to the same topology when devices are renumbered", () => {
    fc.assert(
      fc.property(anyCircuit, fc.integer(), (drawn, seed) => {
        for (const numbering of [renumbered, byVisit]) {
          const decoded = numbering.decode(numbering.encode(drawn, createRng(seed)));
          expect(canonicalForm(decoded, deviceTypes)).toBe(canonicalForm(drawn, deviceTypes));
          expect([...decoded.ports].sort()).toEqual([...drawn.ports].sort());
        }
      }),
    );
  });

  it("numbers devices by visit: the first of a type that the walk comes to is number 1", () => {
    fc.assert(
      fc.property(anyCircuit, fc.integer(), (drawn, seed) => {
        const met = new Map<string, number[]>();
        for (const token of byVisit.encode(drawn, createRng(seed))) {
          const [, prefix, number] = /^([A-Z_]+?)(\d+)(?:_[A-Z]+)?$/.exec(token) ?? [];
          if (prefix === undefined || drawn.ports.includes(token)) continue;
          const numbers = met.get(prefix) ?? [];
          if (!numbers.includes(Number(number))) met.set(prefix, [...numbers, Number(number)]);
        }
        for (const numbers of met.values()) expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }),
    );
  });

  it("decodes every walk of one numbering to the very same circuit", () => {
    const decoded = [1, 2, 3].map((seed) => JSON.stringify(inOrder.decode(inOrder.encode(cascode, createRng(seed)))));
    expect(new Set(decoded).size).toBe(1);
  });

  it.each([cascode, bandgapCore])("writes hundreds of distinct walks of the $name", (example) => {
    for (const ways of [inOrder, renumbered]) {
      const rng = createRng("distinct");
      const walks = new Set(Array.from({ length: 500 }, () => ways.encode(example, rng).join(" ")));
      expect(walks.size).toBeGreaterThan(400);
    }
  });
});

describe("circuits that have no walk", () => {
  const refusal = (refused: Circuit): string => {
    try {
      scheme().encode(refused, createRng(1));
    } catch (error) {
      return String(error);
    }
    return "written";
  };

  it.each([
    [
      circuit("floating", ["VDD"], ["resistor", "VDD", "a"]),
      'Circuit "floating" cannot be written as a walk: it has no port VSS, at which every walk begins. Name its ground net VSS.',
    ],
    [circuit("empty", ["VSS"]), 'Circuit "empty" cannot be written as a walk: it has no device.'],
    [
      circuit("apart", ["VSS", "VDD"], ["resistor", "VSS", "a"], ["resistor", "VDD", "b"]),
      'Circuit "apart" cannot be written as a walk: port VDD cannot be reached from VSS. Connect it or remove it.',
    ],
    [
      circuit("island", ["VSS"], ["resistor", "VSS", "a"], ["resistor", "b", "b"]),
      'Circuit "island" cannot be written as a walk: device d1 cannot be reached from VSS. Connect it or remove it.',
    ],
    [
      circuit("port like a device", ["VSS", "R1"], ["resistor", "VSS", "R1"]),
      'Circuit "port like a device" cannot be written as a walk: its port "R1" is written like no port or like a device. ' +
        "Rename the port (a letter, then letters, digits or _).",
    ],
    [
      circuit("unknown type", ["VSS"], ["memristor", "VSS", "a"]),
      'Circuit "unknown type" cannot be written as a walk: device d0 is of type "memristor", which no plugin of this run provides.',
    ],
    [
      circuit("short of pins", ["VSS"], ["nmos4", "VSS", "a", "b"]),
      'Circuit "short of pins" cannot be written as a walk: device d0 touches 3 nets but a nmos4 has 4 pins.',
    ],
  ])("refuses $0.name", (refused, message) => {
    expect(refusal(refused)).toBe(`TopogenieError: ${message}`);
  });
});

/** Devices of a type correspond in their order; then nets must correspond one to one and ports keep their names. */
function expectSamePins(decoded: Circuit, original: Circuit): void {
  const order = (given: Circuit): Circuit["devices"] =>
    [...given.devices].sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
  const nets = new Map<string, string>();
  const decodedDevices = order(decoded);
  expect(decodedDevices.map((device) => device.type)).toEqual(order(original).map((device) => device.type));
  order(original).forEach((device, index) => {
    device.nets.forEach((net, pin) => {
      const other = decodedDevices[index]?.nets[pin] ?? "";
      if (!nets.has(net)) nets.set(net, other);
      expect(nets.get(net)).toBe(other);
    });
  });
  expect(new Set(nets.values()).size).toBe(nets.size);
  for (const port of original.ports) expect(nets.get(port)).toBe(port);
  expect([...decoded.ports].sort()).toEqual([...original.ports].sort());
}

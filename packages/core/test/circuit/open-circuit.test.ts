import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRules, Circuit, OpenCircuit, partsOf, pinRoles, PLACES, Want } from "../../src/circuit/index.js";
import { exampleDeviceTypes } from "../../src/testing/tokenization-scheme/example-device-types.js";

const roles = (type: string): ReturnType<typeof pinRoles> => {
  const found = exampleDeviceTypes.get(type);
  if (found === undefined) throw new Error(type);
  return pinRoles(found);
};

/** VSS, VDD and VIN1 are nets 0, 1 and 2. */
function open(): OpenCircuit {
  const circuit = new OpenCircuit();
  for (const port of ["VSS", "VDD", "VIN1"]) circuit.addNet(port);
  return circuit;
}

function begun(circuit: OpenCircuit, type: string, ...nets: readonly number[]): number {
  const device = circuit.begin(roles(type));
  nets.forEach((net, pin) => {
    circuit.place(device, pin, net);
  });
  return device;
}

describe("what an internal net wants", () => {
  it("is another device until two touch it, and a voltage until a pin gives it one", () => {
    const circuit = open();
    const net = circuit.addNet();
    expect(circuit.want(net)).toBe(Want.nothing);
    begun(circuit, "capacitor", net, 0);
    expect(circuit.want(net)).toBe(Want.voltage);
    begun(circuit, "nmos4", 1, net, 0, 0);
    expect(circuit.want(net)).toBe(Want.voltage);
    begun(circuit, "resistor", net, 2);
    expect(circuit.want(net)).toBe(Want.nothing);
    const lone = circuit.addNet();
    begun(circuit, "resistor", lone, 2);
    expect(circuit.want(lone)).toBe(Want.device);
    expect(circuit.wanting).toEqual([1, 1, 0]);
  });

  it("is nothing for a port", () => {
    const circuit = open();
    begun(circuit, "capacitor", 2, 0);
    expect([0, 2].map((net) => circuit.want(net))).toEqual([Want.nothing, Want.nothing]);
  });
});

describe("where a pin may be", () => {
  it.each([
    ["resistor", [0], 0, false, "both ends on one net"],
    ["resistor", [0], 2, true, "a port at its other end"],
    ["resistor", [0], 1, false, "on the rails alone"],
    ["nmos4", [2, 2], 2, false, "drain, gate and source on one net"],
    ["nmos4", [1, 2], 0, false, "a channel between the rails"],
    ["nmos4", [2, 0], 2, true, "a transistor as a capacitor"],
  ] as const)("%s with pins on %j and then on %i: %s (%s)", (type, placed, net, mayBe, why) => {
    const circuit = open();
    const device = begun(circuit, type, ...placed);
    expect(circuit.mayPlace(device, placed.length, net), why).toBe(mayBe);
  });

  it("is not where coils in series would join the rails", () => {
    const circuit = open();
    const middle = circuit.addNet();
    begun(circuit, "inductor", 1, middle);
    const coil = begun(circuit, "inductor", middle);
    expect([0, 2].map((net) => circuit.mayPlace(coil, 1, net))).toEqual([false, true]);
  });
});

it("merges an internal net into another, and knows beforehand whether that shorts anything", () => {
  const circuit = open();
  const [one, other] = [circuit.addNet(), circuit.addNet()];
  const first = begun(circuit, "resistor", one, 2);
  const second = begun(circuit, "resistor", other, one);
  expect(circuit.mayMerge(other, one)).toBe(false);
  expect(circuit.mayMerge(other, 0)).toBe(true);
  circuit.merge(other, 0);
  expect(circuit.netsOf(second)).toEqual([0, one]);
  expect(circuit.placesOn(0)).toEqual([second * PLACES]);
  expect([circuit.pinsOn(other), circuit.want(one)]).toEqual([0, Want.nothing]);
  expect(circuit.isOfOneDevice(0, second)).toBe(true);
  expect(circuit.isOfOneDevice(one, first)).toBe(false);
});

it("counts the parts that are left without the rails", () => {
  const circuit = open();
  const [one, other] = [circuit.addNet(), circuit.addNet()];
  begun(circuit, "resistor", 0, one);
  begun(circuit, "resistor", 0, other);
  begun(circuit, "resistor", one, 1);
  expect([...partsOf(circuit)]).toEqual([0, 1, 0]);
  begun(circuit, "resistor", one, other);
  expect([...partsOf(circuit)]).toEqual([0, 0, 0, 0]);
});

const step = fc.record({
  type: fc.constantFrom("nmos4", "npn", "resistor", "capacitor", "inductor", "diode", "inverter"),
  nets: fc.array(fc.nat(7), { minLength: 4, maxLength: 4 }),
  merge: fc.option(fc.tuple(fc.nat(7), fc.nat(7)), { freq: 3 }),
});

/** Places what may be placed and merges what may be merged; false when a device could not be finished. */
function take(
  circuit: OpenCircuit,
  { type, nets, merge }: { type: string; nets: number[]; merge: [number, number] | null },
): boolean {
  const device = circuit.begin(roles(type));
  for (let pin = 0; pin < roles(type).pinCount; pin++) {
    const net = nets[pin] as number;
    if (!circuit.mayPlace(device, pin, net)) return false;
    circuit.place(device, pin, net);
  }
  if (merge !== null) {
    const [from, into] = merge;
    if (from > 2 && from !== into && circuit.pinsOn(from) > 0 && circuit.mayMerge(from, into)) circuit.merge(from, into);
  }
  return true;
}

function withNets(): OpenCircuit {
  const circuit = open();
  for (let net = 3; net < 8; net++) circuit.addNet();
  return circuit;
}

it("takes back whatever was done since a mark", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 5 }), fc.array(step, { minLength: 1, maxLength: 5 }), (before, after) => {
      const circuit = withNets();
      const state = (): string =>
        JSON.stringify([
          circuit.wanting,
          circuit.netCount,
          circuit.devices.map(({ nets }) => nets),
          Array.from({ length: circuit.netCount }, (_, net) => [circuit.want(net), [...circuit.placesOn(net)].sort()]),
        ]);
      for (const one of before) take(circuit, one);
      const [mark, known] = [circuit.mark(), state()];
      for (const one of after) take(circuit, one);
      circuit.addNet("VOUT1");
      circuit.rollback(mark);
      expect(state()).toBe(known);
    }),
    { numRuns: 200 },
  );
});

it("judges a finished circuit as the electrical rules do", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      const circuit = withNets();
      for (const one of steps) {
        const mark = circuit.mark();
        if (!take(circuit, one)) circuit.rollback(mark);
      }
      fc.pre(circuit.devices.length > 0 && circuit.pinsOn(0) > 0);
      const names = ["VSS", "VDD", "VIN1", "a", "b", "c", "d", "e"];
      const closed = new Circuit({
        name: "closed",
        ports: names.slice(0, 3).filter((_, net) => circuit.pinsOn(net) > 0),
        devices: circuit.devices.map((device, index) => ({
          name: `d${index}`,
          type: device.roles.type.name,
          nets: device.nets.map((net) => names[net] as string),
        })),
      });
      const isLegal =
        circuit.wanting[Want.device] + circuit.wanting[Want.voltage] === 0 && partsOf(circuit).every((part) => part === 0);
      expect(checkRules(closed, exampleDeviceTypes).length === 0).toBe(isLegal);
    }),
    { numRuns: 300 },
  );
});

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  canonicalForm,
  checkRules,
  Circuit,
  createRng,
  type DeviceType,
  electricalRules,
  type ImportedCircuits,
  importCircuits,
  mergeParallelAndSeries,
  readAnalogGenieNetlist,
  readSpiceNetlist,
  writeAnalogGenieNetlist,
  writeSpiceNetlist,
} from "@topogenie/core";
import { npn, pnp } from "@topogenie/devices-bipolar";
import { inverter, pfd, transmissionGate, xor } from "@topogenie/devices-logic";
import { nmos4, pmos4 } from "@topogenie/devices-mos";
import { capacitor, diode, inductor, resistor } from "@topogenie/devices-passive";
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

describe.skipIf(missing)(`the AnalogGenie dataset (skipped when there is none: point TOPOGENIE_DATASET at a copy)`, () => {
  let imported: ImportedCircuits;
  beforeAll(async () => {
    imported = await importCircuits(path, { deviceTypes });
  });

  it("is imported without a rejected line, in the order of its numbers", () => {
    expect(imported.rejected).toEqual([]);
    const numbers = imported.circuits.map((circuit) => Number(circuit.name));
    expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
    expect(numbers.length).toBeGreaterThan(0);
  });

  it.skipIf(!whole)("has 3,015 circuits, five misspelt ports and 37 that its lists forget", () => {
    expect(imported.circuits).toHaveLength(3015);
    const kinds = imported.warnings.map(({ message }) => (message.startsWith("The port list says") ? "misspelt" : "forgotten"));
    expect(kinds.filter((kind) => kind === "misspelt")).toHaveLength(5);
    expect(kinds.filter((kind) => kind === "forgotten")).toHaveLength(37);
    expect(new Set(imported.circuits.flatMap((circuit) => circuit.ports)).has("VCKL2")).toBe(false);
  });

  it("comes back from both layouts as it was, names and all", () => {
    for (const circuit of imported.circuits) {
      const before = JSON.stringify(circuit);
      const { netlist, ports } = writeAnalogGenieNetlist(circuit, { deviceTypes });
      const options = { deviceTypes, fileName: circuit.name, name: circuit.name };
      expect(JSON.stringify(readAnalogGenieNetlist(netlist, ports, options))).toBe(before);
      const fromSpice = readSpiceNetlist(writeSpiceNetlist(circuit, { deviceTypes }), options);
      expect(fromSpice.map((one) => JSON.stringify(one))).toEqual([before]);
    }
  });

  it("has canonical forms that scrambling does not change", () => {
    for (const circuit of imported.circuits) {
      expect(canonicalForm(scrambled(circuit), deviceTypes)).toBe(canonicalForm(circuit, deviceTypes));
    }
  });

  it.skipIf(!whole)("has 3,005 topologies, 3,004 once parallel and series devices are merged", () => {
    const forms = new Set(imported.circuits.map((circuit) => canonicalForm(circuit, deviceTypes)));
    const merged = imported.circuits.map((circuit) => mergeParallelAndSeries(circuit, deviceTypes));
    expect(forms.size).toBe(3005);
    expect(new Set(merged.map((circuit) => canonicalForm(circuit, deviceTypes))).size).toBe(3004);
  });

  it.skipIf(!whole)("breaks each electrical rule as often as is known and explained at the rule", () => {
    const broken = new Map(electricalRules.map((rule) => [rule.name, 0]));
    let sound = 0;
    for (const circuit of imported.circuits) {
      const rules = new Set(checkRules(circuit, deviceTypes).map((violation) => violation.rule));
      if (rules.size === 0) sound++;
      for (const rule of rules) broken.set(rule, (broken.get(rule) ?? 0) + 1);
    }
    expect(Object.fromEntries(broken)).toEqual({
      "complete-devices": 0,
      "ground-present": 0,
      "ports-connected": 0,
      "no-dangling-net": 5,
      "no-supply-short": 2,
      "no-shorted-device": 5,
      "no-floating-net": 340,
      "one-circuit": 17,
    });
    expect(sound).toBe(2650);
  });
});

/** Renames nets and devices, reorders lines and swaps the ends of devices with two like pins. */
function scrambled(circuit: Circuit): Circuit {
  const rng = createRng(circuit.name);
  const internal = [...circuit.nets.keys()].filter((net) => !circuit.isPort(net));
  const newName = new Map(rng.shuffle(internal).map((net, index) => [net, `w${index}`]));
  const devices = rng.shuffle(circuit.devices).map((device, index) => {
    const nets = device.nets.map((net) => newName.get(net) ?? net);
    const type = deviceTypes.get(device.type);
    for (const group of type?.interchangeablePins ?? []) {
      const places = group.map((name) => type?.pins.findIndex((pin) => pin.name === name) ?? -1);
      const moved = rng.shuffle(places.map((place) => nets[place] ?? ""));
      places.forEach((place, at) => (nets[place] = moved[at] ?? ""));
    }
    return { name: `X${index}`, type: device.type, nets };
  });
  return new Circuit({ name: "scrambled", ports: circuit.ports, devices });
}

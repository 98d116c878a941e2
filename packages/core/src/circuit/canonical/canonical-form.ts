import { createHash } from "node:crypto";
import type { DeviceType } from "../../contracts/device-type.js";
import type { Circuit } from "../circuit.js";
import { canonicalLabelling } from "./canonical-labelling.js";
import { incidenceGraph } from "./incidence-graph.js";
import { mergeParallelAndSeries } from "./merge-parallel-and-series.js";

/**
 * The topology of a circuit as a string: two circuits have the same one exactly when one becomes the other by renaming
 * devices and internal nets, reordering lines, swapping interchangeable pins, or renumbering ports of one kind.
 * Values and the circuit's name do not matter. The string describes the topology completely; its form is not stable
 * between versions.
 *
 * @throws TopogenieError `DEVICE_TYPE_UNKNOWN`; `CIRCUIT_INVALID` for a device with the wrong number of nets
 */
export function canonicalForm(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): string {
  const graph = incidenceGraph(circuit, deviceTypes);
  const { certificate } = canonicalLabelling(graph);
  return `${graph.header}${certificate.join()}`;
}

/** 80 bits of SHA-256 over the {@link canonicalForm}, in hexadecimal: a name for the topology. */
export function canonicalHash(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): string {
  return shortHash(canonicalForm(circuit, deviceTypes));
}

/** As {@link canonicalForm}, after parallel and series devices of one kind were merged, see {@link mergeParallelAndSeries}. */
export function strictCanonicalForm(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): string {
  return canonicalForm(mergeParallelAndSeries(circuit, deviceTypes), deviceTypes);
}

/** 80 bits of SHA-256 over the {@link strictCanonicalForm}, in hexadecimal. */
export function strictCanonicalHash(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): string {
  return shortHash(strictCanonicalForm(circuit, deviceTypes));
}

function shortHash(form: string): string {
  return createHash("sha256").update(form).digest("hex").slice(0, 20);
}

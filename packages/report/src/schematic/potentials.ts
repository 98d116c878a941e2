import { type Circuit, portKind } from "@topogenie/core";
import { railOf } from "./rails.js";
import type { SymbolPins } from "./symbol-pins.js";

/**
 * How high each net stands between the rails (1 at the supply, 0 at ground): the circuit as a network of one resistor for
 * each conducting device. Nets through which no current flows from rail to rail stay where their neighbours are.
 */
export function netPotentials(circuit: Circuit, pins: readonly SymbolPins[]): ReadonlyMap<string, number> {
  const names = [...circuit.nets.keys()].filter((net) => railOf(net) === undefined);
  const index = new Map(names.map((name, position) => [name, position]));
  const size = names.length;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  const add = (net: number, other: string | number, conductance: number) => {
    const row = matrix[net];
    if (row === undefined) return;
    row[net] = (row[net] ?? 0) + conductance;
    if (typeof other === "number") right[net] = (right[net] ?? 0) + conductance * other;
    else {
      const rail = railOf(other);
      const column = index.get(other);
      if (rail === "supply") right[net] = (right[net] ?? 0) + conductance;
      else if (rail === undefined && column !== undefined) row[column] = (row[column] ?? 0) - conductance;
    }
  };
  circuit.devices.forEach((device, position) => {
    const pin = pins[position];
    if (pin?.axis === undefined || !pin.conducts) return;
    const [top, bottom] = pin.axis.map((terminal) => device.nets[terminal] ?? "") as [string, string];
    if (top === bottom) return;
    // Unequal conductances, so that a balanced bridge still shows a current.
    const conductance = 1 + 0.01 * ((position * 0.618034) % 1);
    const [topIndex, bottomIndex] = [index.get(top), index.get(bottom)];
    if (topIndex !== undefined) add(topIndex, bottom, conductance);
    if (bottomIndex !== undefined) add(bottomIndex, top, conductance);
    // A current that enters or leaves by a port flows as the symbol says.
    for (const [net, level] of [[topIndex, 1] as const, [bottomIndex, 0] as const]) {
      const name = net === undefined ? "" : (names[net] ?? "");
      if (
        pin.directed &&
        pin.type.pins.length > 2 &&
        circuit.isPort(name) &&
        ["IB", "VIN"].includes(portKind(name)) &&
        net !== undefined
      )
        add(net, level, 0.7);
    }
  });
  for (let net = 0; net < size; net++) add(net, 0.5, 1e-9);
  const solution = solve(matrix, right);
  const potentials = new Map(names.map((name, position) => [name, solution[position] ?? 0.5]));
  for (const net of circuit.nets.keys()) {
    const rail = railOf(net);
    if (rail !== undefined) potentials.set(net, rail === "supply" ? 1 : 0);
  }
  return potentials;
}

/** Gaussian elimination with partial pivoting; destroys its arguments. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[pivot]?.[column] ?? 0)) pivot = row;
    }
    [matrix[column], matrix[pivot]] = [matrix[pivot] as Float64Array, matrix[column] as Float64Array];
    [right[column], right[pivot]] = [right[pivot] ?? 0, right[column] ?? 0];
    const above = matrix[column] as Float64Array;
    for (let row = column + 1; row < size; row++) {
      const line = matrix[row] as Float64Array;
      const factor = (line[column] ?? 0) / (above[column] ?? 1);
      if (factor === 0) continue;
      for (let entry = column; entry < size; entry++) line[entry] = (line[entry] ?? 0) - factor * (above[entry] ?? 0);
      right[row] = (right[row] ?? 0) - factor * (right[column] ?? 0);
    }
  }
  const solution = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    const line = matrix[row] as Float64Array;
    let sum = right[row] ?? 0;
    for (let column = row + 1; column < size; column++) sum -= (line[column] ?? 0) * (solution[column] ?? 0);
    solution[row] = sum / (line[row] ?? 1);
  }
  return solution;
}

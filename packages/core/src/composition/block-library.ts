import type { Circuit } from "../circuit/circuit.js";
import { isRail } from "../circuit/ports.js";
import type { DeviceType } from "../contracts/device-type.js";
import { cutIntoBlocks, type Block } from "./block.js";

/** One of a block's nets at which it can be joined to others. */
export interface Terminal {
  readonly block: Block;
  /** Index into the block's nets. */
  readonly net: number;
}

/** What a circuit looks like from outside. */
export interface Outline {
  readonly ports: readonly string[];
  readonly devices: number;
}

/** The blocks of a collection of circuits; one that occurs often is drawn often. */
export class BlockLibrary {
  /** Ports, rails left out, and size of each circuit. */
  readonly outlines: readonly Outline[];
  readonly #terminals = new Map<string, Terminal[]>();

  constructor(circuits: readonly Circuit[], deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.outlines = circuits.map(({ ports, devices }) => ({
      ports: ports.filter((port) => !isRail(port)),
      devices: devices.length,
    }));
    for (const block of circuits.flatMap((circuit) => cutIntoBlocks(circuit, deviceTypes))) {
      block.nets.forEach(({ port, face, others }, net) => {
        if (port !== undefined && isRail(port)) return;
        const keys = port === undefined ? (others.length === 0 ? [] : [face]) : [`${port} ${face}`, port];
        for (const key of keys) {
          const known = this.#terminals.get(key);
          if (known === undefined) this.#terminals.set(key, [{ block, net }]);
          else known.push({ block, net });
        }
      });
    }
  }

  /**
   * Every terminal at a net of such a kind.
   *
   * @param port of the net; undefined for a net within the circuit
   * @param face that the block must show there; undefined for any, at a port
   */
  terminals(port: string | undefined, face: string | undefined): readonly Terminal[] {
    return this.#terminals.get([port, face].filter((part) => part !== undefined).join(" ")) ?? [];
  }
}

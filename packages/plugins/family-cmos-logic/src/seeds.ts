import { distinct, Schematic } from "@topogenie/building-blocks";
import { Circuit, type SeedTopology } from "@topogenie/core";
import { combinationalBlocks } from "./seeds/combinational-blocks.js";
import { inputsOf } from "./seeds/expression.js";
import { gateFunctions } from "./seeds/functions.js";
import { gateStyles } from "./seeds/gate-styles.js";
import { sequentialBlocks } from "./seeds/sequential-blocks.js";

/** Every seed topology; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  yield* distinct(drawAll());
}

function* drawAll(): Generator<SeedTopology> {
  let number = 0;
  const seed = (title: string, citation: string, draw: (view: Schematic) => void): SeedTopology => {
    number += 1;
    const view = new Schematic();
    draw(view);
    return { circuit: withPorts(view.toCircuit(`cmos-logic-${number}`)), title, citation };
  };
  const input = (index: number): string => `LOGICA${index}`;
  const output = (index: number): string => `LOGICF${index}`;
  for (const style of gateStyles) {
    for (const { title, expression } of gateFunctions) {
      const inputs = Array.from({ length: inputsOf(expression) }, (_, index) => input(index + 1));
      yield seed(`${style.title} ${title}`, style.citation, (view) => {
        style.draw(view, expression, inputs, output(1));
      });
    }
  }
  for (const block of [...combinationalBlocks, ...sequentialBlocks]) {
    yield seed(block.title, block.citation, (view) => {
      block.draw(view, input, output);
    });
  }
}

/** Blocks name their inputs, outputs and clocks as ports. */
function withPorts(drawn: Circuit): Circuit {
  const used = new Set(drawn.devices.flatMap((device) => device.nets));
  const named = [...used].filter((net) => /^(LOGIC[A-Z]|VCLK)\d+$/.test(net)).sort();
  return new Circuit({ name: drawn.name, devices: drawn.devices, ports: [...drawn.ports, ...named] });
}

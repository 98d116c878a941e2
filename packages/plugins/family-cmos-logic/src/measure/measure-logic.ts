import { crossings, mean, valueAt } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import { CLOCK_NODE, INPUT_PREFIX, OUTPUT_PREFIX } from "../bench/logic-bench.js";
import { readingTime, stimulus } from "../bench/stimulus.js";
import type { CmosLogicOptions } from "../options.js";
import { shareOfInputsThatMatter, shareOfOutputsThatChange, truthTable } from "./truth-table.js";

/** Values by measurement name; nothing without a transient analysis, no delay where no output changes. */
export function measureLogic(result: SimulationOk, options: CmosLogicOptions): Record<string, number> {
  const { supplyVolts, slotS } = options;
  const tran = result.analyses.find((analysis) => analysis.kind === "tran");
  if (tran === undefined) return {};
  const { x } = tran;
  const names = Object.keys(tran.vectors);
  const inputs = names.filter((name) => name.startsWith(INPUT_PREFIX)).length;
  const outputs = names
    .filter((name) => name.startsWith(OUTPUT_PREFIX))
    .sort((a, b) => Number(a.slice(OUTPUT_PREFIX.length)) - Number(b.slice(OUTPUT_PREFIX.length)))
    .flatMap((name) => tran.vectors[name] ?? []);
  const clocked = names.includes(CLOCK_NODE);
  const course = stimulus(inputs, clocked, slotS);
  const half = supplyVolts / 2;
  let margin = 1;
  let delay = 0;
  const readings = course.combinations.slice(1).map((combination, before): readonly [number, number] => {
    const at = readingTime(course, before + 1, clocked, slotS);
    const volts = outputs.map((output) => valueAt(x, output, at));
    margin = Math.min(margin, ...volts.map((volt) => Math.abs(volt - half) / half));
    return [combination, volts.reduce((bits, volt, index) => bits | (volt > half ? 1 << index : 0), 0)];
  });
  const events = crossings(x, tran.vectors[clocked ? CLOCK_NODE : `${INPUT_PREFIX}1`] ?? x, half, "either");
  for (const output of outputs) {
    for (const time of crossings(x, output, half, "either")) {
      const since = clocked ? lastBefore(events, time) : Math.floor(time / course.holdS) * course.holdS;
      if (time > course.holdS && since !== undefined) delay = Math.max(delay, time - since);
    }
  }
  const table = truthTable(inputs, readings);
  const [from, to] = [course.holdS, course.stopS];
  const amperes = names
    .filter((name) => name.startsWith("i("))
    .reduce((sum, name) => sum + mean(x, given(name, tran.vectors[name] ?? new Float64Array()), from, to), 0);
  return {
    levelMargin: margin,
    inputsThatMatter: shareOfInputsThatMatter(inputs, table),
    outputsThatChange: shareOfOutputsThatChange(outputs.length, table),
    remembered: table.remembered,
    ...(delay > 0 ? { delay } : {}),
    energy: supplyVolts * amperes * slotS,
    power: supplyVolts * amperes,
  };
}

/** What a source gives; a bias port pays for either direction. */
function given(name: string, amperes: Float64Array): Float64Array {
  return amperes.map((ampere) => (name.startsWith("i(bias_") ? Math.abs(ampere) : Math.max(0, -ampere)));
}

function lastBefore(times: readonly number[], time: number): number | undefined {
  return times.findLast((event) => event <= time);
}

import type { Analysis, DeviceUnderTest, Testbench } from "@topogenie/core";
import type { BandgapOptions } from "../options.js";
import { bandgapDeck, OUTPUT_NODE, SUPPLY_SOURCE } from "./bandgap-deck.js";

/** Benches at temperatures other than the nominal one are named by their place among {@link temperatures}. */
export const NOMINAL_BENCH = "nominal";
/** Either way. Small enough for the output to answer linearly. */
export const STEP_VOLTS = 0.01;
export const STEP_AMPERES = 0.2e-6;

/** The temperatures of the box method: both ends, the nominal one, and one between it and either end. */
export function temperatures({ coldestCelsius, nominalCelsius, hottestCelsius }: BandgapOptions): readonly number[] {
  return [
    coldestCelsius,
    (coldestCelsius + nominalCelsius) / 2,
    nominalCelsius,
    (nominalCelsius + hottestCelsius) / 2,
    hottestCelsius,
  ];
}

export function benchName(options: BandgapOptions, celsius: number): string {
  if (celsius === options.nominalCelsius) return NOMINAL_BENCH;
  return `temperature-${temperatures(options).indexOf(celsius) + 1}`;
}

/** The operating point at one temperature; at the nominal one also the supply's and each bias source's influence. */
export function temperatureBench(dut: DeviceUnderTest, options: BandgapOptions, celsius: number): Testbench {
  const { deck, variables, steps } = bandgapDeck(dut, options, celsius);
  const { supplyVolts } = options;
  const influences: readonly Analysis[] = [
    { kind: "dc", source: SUPPLY_SOURCE, start: 0.9 * supplyVolts, stop: 1.1 * supplyVolts, step: 0.05 * supplyVolts },
    ...steps.map(({ source, unit }): Analysis => {
      const size = unit === "V" ? STEP_VOLTS : STEP_AMPERES;
      return { kind: "dc", source, start: -size, stop: size, step: size };
    }),
    { kind: "ac", pointsPerDecade: 5, startHz: 100, stopHz: 10e6 },
  ];
  return {
    name: benchName(options, celsius),
    deck,
    variables,
    analyses: [{ kind: "op" }, ...(celsius === options.nominalCelsius ? influences : [])],
    save: [OUTPUT_NODE, ...steps.flatMap(({ meter }) => (meter === undefined ? [] : [`i(${meter})`]))],
    timeoutMs: options.timeoutMs,
  };
}

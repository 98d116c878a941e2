import type { Dimension, DimensionMeaning, OptimizationProblem } from "../contracts/sizing-optimizer.js";
import { TopogenieError } from "../runtime/error.js";
import type { DeviceValues } from "../spice/device-under-test.js";
import type { DesignVariable } from "./design-variables.js";
import { fromUnit, levels, toUnit } from "./unit-interval.js";

/** Sizes by device and parameter, and biases by name. SI units. */
export interface Sizing {
  readonly values: DeviceValues;
  readonly bias: Readonly<Record<string, number>>;
}

/** The design variables of a circuit as an optimizer sees them, and the way back. */
export class SizingProblem {
  readonly variables: readonly DesignVariable[];
  readonly dimensions: readonly Dimension[];
  readonly #family: string;

  /** @param meanings one a variable */
  constructor(variables: readonly DesignVariable[], meanings: readonly DimensionMeaning[], family: string) {
    this.variables = variables;
    this.#family = family;
    this.dimensions = variables.map((variable, index) => {
      const count = levels(variable);
      const meaning = meanings[index];
      return {
        name: variable.name,
        ...(count === undefined ? {} : { levels: count }),
        ...(meaning === undefined ? {} : { meaning }),
      };
    });
  }

  /** The value of each variable at a point of the unit cube, rounded to what can be made. Throws `OPTIMIZER_OUT_OF_BOUNDS`. */
  quantise(x: Float64Array): number[] {
    if (x.length !== this.variables.length || !x.every((coordinate) => coordinate >= 0 && coordinate <= 1)) {
      throw new TopogenieError(
        "OPTIMIZER_OUT_OF_BOUNDS",
        `The sizing optimizer asked for [${x.join(", ")}]; it must ask for ${this.variables.length} numbers in [0, 1]. ` +
          `This is a fault of the optimizer's plugin.`,
      );
    }
    return this.variables.map((variable, index) => fromUnit(variable, x[index] ?? 0));
  }

  sizing(values: readonly number[]): Sizing {
    const sizes: Record<string, Record<string, number>> = {};
    const bias: Record<string, number> = {};
    this.variables.forEach((variable, index) => {
      const value = values[index] ?? variable.default;
      if (variable.sets.kind === "bias") bias[variable.name] = value;
      else for (const device of variable.sets.devices) (sizes[device] ??= {})[variable.sets.parameter] = value;
    });
    return { values: sizes, bias };
  }

  /** The point of a sizing; a matched group takes its first device's value, what is not given its default. */
  point(sizing: Partial<Sizing>): Float64Array {
    return Float64Array.from(this.variables, (variable) => {
      const { sets } = variable;
      const given =
        sets.kind === "bias" ? sizing.bias?.[variable.name] : sizing.values?.[sets.devices[0] ?? ""]?.[sets.parameter];
      return toUnit(variable, given ?? variable.default);
    });
  }

  /** @param initial sizings worth starting from, after the default one */
  optimization(objectives: readonly string[], budget: number, initial: readonly Partial<Sizing>[] = []): OptimizationProblem {
    const points = [{}, ...initial].map((sizing) => this.point(sizing));
    return { family: this.#family, dimensions: this.dimensions, objectives, budget, initial: points };
  }
}

import { InvalidArgumentError } from "commander";

/** Reads an option's value that is a whole number. */
export function wholeNumberFrom(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum) throw new InvalidArgumentError(`expected a whole number from ${minimum}`);
    return value;
  };
}

import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";
import type { Mirror } from "./current-mirror.js";
import type { Pair } from "./input-pair.js";
import type { Tail } from "./tail.js";

/** What a first stage is asked for. `inputs` are the non-inverting and the inverting gate, in this order. */
export interface FirstStageRequest {
  readonly bias: Bias;
  readonly inputs: readonly [string, string];
  readonly pair: Pair;
  readonly tail: Tail;
  readonly mirror: Mirror;
}

export interface FirstStage {
  readonly output: string;
  /** The view on whose low rail a common-source device driven by the output finds its gate voltage. */
  readonly drives: Schematic;
  /** Low-impedance net whose current reaches the output without inversion, if the stage has one. */
  readonly cascodeNet?: string;
  /** Gates of a class-AB output stage, when the stage was drawn with a floating level shift. */
  readonly classAb?: { readonly low: string; readonly high: string };
}

export interface FirstStageBlock {
  readonly name: string;
  readonly title: string;
  readonly citation: string;
  readonly mirrors: readonly Mirror[];
  readonly pairs: readonly Pair[];
  readonly tails: readonly Tail[];
  draw(view: Schematic, request: FirstStageRequest): FirstStage;
}

import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawOutput, outputCitations, outputs, outputTitles, type Output } from "./output-network.js";
import { drawSecondStage, SECOND_STAGE_TITLE } from "./second-stage.js";

const amplifiers = [
  "resistor",
  "shunt-peaked",
  "coil",
  "cascode-coil",
  "inverter",
  "current-source",
  "cascode-inverter",
] as const;
type Amplifier = (typeof amplifiers)[number];

const amplifierTitles: Readonly<Record<Amplifier, string>> = {
  resistor: "Common source with resistor load",
  "shunt-peaked": "Common source with shunt-peaked load",
  coil: "Common source with coil load",
  "cascode-coil": "Cascode with coil load",
  inverter: "Inverter that reuses its current",
  "current-source": "Common source with p-channel current source",
  "cascode-inverter": "Inverter with an n-channel cascode",
};

const feedbacks = ["resistor", "follower", "coupled-resistor", "resistor-coil"] as const;
type Feedback = (typeof feedbacks)[number];

const feedbackTitles: Readonly<Record<Feedback, string>> = {
  resistor: "feedback resistor",
  follower: "feedback through a source follower",
  "coupled-resistor": "feedback resistor behind a capacitor",
  "resistor-coil": "feedback resistor with a coil in series",
};

const inputs = ["capacitor", "coil"] as const;
type Input = (typeof inputs)[number];

interface Recipe {
  readonly amplifier: Amplifier;
  readonly feedback: Feedback;
  readonly input: Input;
  readonly second: boolean;
  readonly output: Output;
}

/** Amplifiers matched by resistive feedback. */
export function* feedbackSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of recipes(limit)) {
    number += 1;
    yield draw(recipe, `lna-feedback-${number}`);
  }
}

function* recipes(limit: number): Generator<Recipe> {
  for (const recipe of combinations<Recipe>({
    amplifier: amplifiers,
    feedback: feedbacks,
    input: inputs,
    second: [false, true],
    output: outputs,
  })) {
    const { amplifier, feedback, input, second, output } = recipe;
    // A coil leaves the drain at the supply: feedback for direct current would leave the gate there too.
    const drainAtSupply = amplifier === "coil" || amplifier === "cascode-coil";
    if (drainAtSupply !== (feedback === "coupled-resistor")) continue;
    if (feedback === "follower" && amplifier !== "resistor" && amplifier !== "shunt-peaked") continue;
    const count = departures(
      [
        [feedback, drainAtSupply ? "coupled-resistor" : "resistor"],
        [input, "capacitor"],
        [second, false],
        [output, "direct"],
      ],
      [[output === "tapped", false]],
    );
    if (count <= limit) yield recipe;
  }
}

function draw({ amplifier, feedback, input, second, output }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const port = view.port("VIN");
  const last = drawOutput(view, output);
  const inner = second ? view.net() : last;
  const coupled = view.net();
  view.capacitor(port, coupled);
  const gate = input === "coil" ? view.net() : coupled;
  if (input === "coil") view.inductor(coupled, gate);
  drawAmplifier(view, amplifier, gate, inner);
  drawFeedback(view, feedback, gate, inner);
  if (second) drawSecondStage(view, inner, last);
  return composedSeed(
    view,
    name,
    [
      amplifierTitles[amplifier],
      feedbackTitles[feedback],
      input === "coil" ? "coil in series with the input" : "",
      second ? SECOND_STAGE_TITLE : "",
      outputTitles[output],
    ],
    [
      "Razavi, RF Microelectronics, ch. 5 (common-source stage with resistive feedback)",
      amplifier === "inverter" || amplifier === "cascode-inverter"
        ? "Karanicolas, A 2.7-V 900-MHz CMOS LNA and mixer, IEEE J. Solid-State Circuits 31(12), 1996 (current reuse)"
        : undefined,
      outputCitations[output],
    ],
  );
}

function drawAmplifier(view: Schematic, amplifier: Amplifier, gate: string, output: string): void {
  const cascoded = amplifier === "cascode-coil" || amplifier === "cascode-inverter";
  const drain = cascoded ? view.net() : output;
  view.n(drain, gate, view.low);
  if (cascoded) view.n(output, view.high, drain);
  if (amplifier === "inverter" || amplifier === "cascode-inverter") view.p(output, gate, view.high);
  else if (amplifier === "current-source") view.p(output, view.port("VB"), view.high);
  else if (amplifier === "resistor") view.resistor(view.high, output);
  else if (amplifier === "shunt-peaked") {
    const middle = view.net();
    view.inductor(view.high, middle);
    view.resistor(middle, output);
  } else view.inductor(view.high, output);
}

function drawFeedback(view: Schematic, feedback: Feedback, gate: string, output: string): void {
  if (feedback === "resistor") view.resistor(gate, output);
  else if (feedback === "follower") {
    const foot = view.net();
    view.n(view.high, output, foot);
    view.resistor(foot, gate);
    view.resistor(gate, view.low);
  } else {
    const middle = view.net();
    view.resistor(gate, middle);
    if (feedback === "resistor-coil") view.inductor(middle, output);
    else {
      view.capacitor(middle, output);
      view.resistor(gate, view.port("VB"));
    }
  }
}

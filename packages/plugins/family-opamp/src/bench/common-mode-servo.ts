import type { NominalCircuit, PortSource } from "@topogenie/building-blocks";
import { GROUND, type DeckElement } from "@topogenie/core";

/** A bias port that moves the outputs' common mode by more than this holds it loosely: the circuit has no feedback of its own. */
const LOOSE_GAIN = 5;
const SERVO_GAIN = 10;

/**
 * Textbook drawings of fully differential circuits leave the common-mode feedback out and show a bias port `VB#`
 * instead. Where the nominal gain says that no feedback of the circuit's own holds the outputs' average, an ideal
 * amplifier steers the port with the most influence, as a designer's common-mode feedback would.
 * Returns the elements of all port sources.
 */
export function commonModeServo({
  sources,
  nominal,
  node,
  outputs,
  target,
}: {
  readonly sources: readonly PortSource[];
  readonly nominal: NominalCircuit;
  readonly node: (port: string) => string;
  readonly outputs: readonly [string, string];
  readonly target: string;
}): readonly DeckElement[] {
  const gain = ({ port }: PortSource): number =>
    outputs.reduce((sum, output) => sum + nominal.response({ [node(port)]: 1 }, output) / 2, 0);
  const steerable = sources
    .filter(({ held, variables }) => held && variables.length > 0)
    .map((source) => ({ source, gain: gain(source) }))
    .filter(({ gain: influence }) => Math.abs(influence) > LOOSE_GAIN)
    .sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain));
  const steered = steerable[0];
  return sources.flatMap((source) => {
    if (source !== steered?.source) return source.elements;
    const port = node(source.port);
    return [
      ...source.elements.map((element) => ({ ...element, nodes: ["tb_steered", GROUND] })),
      vcvs("average1", ["tb_average", "tb_average2"], [outputs[0], GROUND], 0.5),
      vcvs("average2", ["tb_average2", GROUND], [outputs[1], GROUND], 0.5),
      vcvs("servo", [port, "tb_steered"], ["tb_average", target], steered.gain > 0 ? -SERVO_GAIN : SERVO_GAIN),
    ];
  });
}

function vcvs(name: string, out: readonly string[], control: readonly string[], gain: number): DeckElement {
  return { kind: "vcvs", name, nodes: [...out, ...control], values: { gain } };
}

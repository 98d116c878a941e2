import type { Stage, StageKit } from "./stage.js";

const SEEMAN =
  "Seeman, Sanders, Analysis and optimization of switched-capacitor dc-dc converters, IEEE Trans. Power Electronics 23 (2008)";
const MAKOWSKI =
  "Makowski, Maksimovic, Performance limits of switched-capacitor dc-dc converters, IEEE Power Electronics Specialists Conf. (1995)";

/** Volts of a net while the switch at it conducts, as a share of the input: above, a p channel passes it, below an n channel. */
const MIDDLE = 0.6;

function drawSwitch({ view, input, n, p }: StageKit, a: string, b: string, phase: number, level: number): void {
  if (level > MIDDLE) view.p(a, p(phase), b, input);
  else if (level > 0.4) {
    // Near the middle neither channel has much drive of its own.
    view.p(a, p(phase), b, input);
    view.n(a, n(phase), b);
  } else view.n(a, n(phase), b);
}

/** Capacitors in series from input to output, then in parallel at the output: 1/n. */
function seriesParallelDown(kit: StageKit, ratio: number, [first, second]: readonly [number, number]): void {
  const { view, input, output } = kit;
  let above = input;
  for (let index = 0; index < ratio - 1; index++) {
    const [top, bottom] = [view.net(), view.net()];
    const level = 1 - index / ratio;
    drawSwitch(kit, above, top, first, level);
    view.capacitor(top, bottom);
    drawSwitch(kit, top, output, second, 1 / ratio);
    drawSwitch(kit, bottom, "VSS", second, 0);
    above = bottom;
  }
  drawSwitch(kit, above, output, first, 1 / ratio);
}

/** Capacitors in parallel from input to output, then in series at the output: (n - 1)/n. */
function parallelSeriesDown(kit: StageKit, ratio: number, [first, second]: readonly [number, number]): void {
  const { view, input, output } = kit;
  const share = (ratio - 1) / ratio;
  let below = "VSS";
  for (let index = 0; index < ratio - 1; index++) {
    const [top, bottom] = [view.net(), view.net()];
    view.capacitor(top, bottom);
    drawSwitch(kit, input, top, first, 1);
    drawSwitch(kit, bottom, output, first, share);
    drawSwitch(kit, below, bottom, second, index / ratio);
    below = top;
  }
  drawSwitch(kit, below, output, second, share);
}

/** A chain of switches from input to ground, alternating in phase, with flying capacitors over every other node: tap/n. */
function ladderDown(kit: StageKit, ratio: number, tap: number, [first, second]: readonly [number, number]): void {
  const { view, input, output } = kit;
  const levels = Array.from({ length: ratio + 1 }, (_, level) =>
    level === 0 ? "VSS" : level === ratio ? input : level === tap ? output : view.net(),
  );
  const middles = Array.from({ length: ratio }, () => view.net());
  for (let index = 0; index < ratio; index++) {
    const middle = middles[index] ?? "";
    drawSwitch(kit, levels[index] ?? "", middle, second, index / ratio);
    drawSwitch(kit, middle, levels[index + 1] ?? "", first, (index + 1) / ratio);
    if (index > 0) view.capacitor(middles[index - 1] ?? "", middle);
  }
  for (let level = 1; level < ratio; level++) if (level !== tap) view.capacitor(levels[level] ?? "", levels[level + 1] ?? "");
}

/** The 3:1 and 4:1 of Dickson's pump run backwards: capacitors that stand on ground or output in turns. */
function dicksonDown(kit: StageKit, ratio: number, [first, second]: readonly [number, number]): void {
  const { view, input, output } = kit;
  let above = input;
  for (let index = ratio - 1; index >= 1; index--) {
    const [top, bottom] = [view.net(), view.net()];
    const [up, down] = index % 2 === ratio % 2 ? [second, first] : [first, second];
    // Charged from above while it stands on the output, discharged downwards while it stands on ground.
    drawSwitch(kit, above, top, up, (index + 1) / ratio);
    view.capacitor(top, bottom);
    drawSwitch(kit, bottom, output, up, 1 / ratio);
    drawSwitch(kit, bottom, "VSS", down, 0);
    above = top;
  }
  drawSwitch(kit, above, output, ratio % 2 === 0 ? second : first, 1 / ratio);
}

/** With a small coil in series, the flying capacitor's charge swings in half a sine instead of a spike. */
function resonantHalver(kit: StageKit): void {
  const { view, input, output } = kit;
  const [top, plate, bottom] = [view.net(), view.net(), view.net()];
  drawSwitch(kit, input, top, 1, 1);
  view.inductor(top, plate);
  view.capacitor(plate, bottom);
  drawSwitch(kit, bottom, output, 1, 0.5);
  drawSwitch(kit, top, output, 2, 0.5);
  drawSwitch(kit, bottom, "VSS", 2, 0);
}

type Draw = (kit: StageKit, phases: readonly [number, number]) => void;

/** Alone, and with a second copy in opposite phase, which halves the ripple. */
function interleavings(title: string, citation: string, draw: Draw): Stage[] {
  return [
    { title, citation, variants: "drivers", draw: (kit) => draw(kit, [1, 2]) },
    {
      title: `two-phase interleaved ${title}`,
      citation,
      variants: "few",
      draw: (kit) => {
        draw(kit, [1, 2]);
        draw(kit, [2, 1]);
      },
    },
  ];
}

export const switchedCapacitorStages: readonly Stage[] = [
  ...[2, 3, 4, 5].flatMap((ratio) =>
    interleavings(`series-parallel switched-capacitor converter ${ratio}:1`, `${SEEMAN} (series-parallel)`, (kit, phases) =>
      seriesParallelDown(kit, ratio, phases),
    ),
  ),
  ...[3, 4].flatMap((ratio) =>
    interleavings(`series-parallel switched-capacitor converter ${ratio}:${ratio - 1}`, `${MAKOWSKI}; ${SEEMAN}`, (kit, phases) =>
      parallelSeriesDown(kit, ratio, phases),
    ),
  ),
  ...(
    [
      [3, 1],
      [3, 2],
      [4, 1],
      [4, 2],
      [4, 3],
    ] as const
  ).flatMap(([ratio, tap]) =>
    interleavings(`ladder switched-capacitor converter ${ratio}:${tap}`, `${SEEMAN} (ladder)`, (kit, phases) =>
      ladderDown(kit, ratio, tap, phases),
    ),
  ),
  ...[3, 4, 5].flatMap((ratio) =>
    interleavings(`Dickson switched-capacitor converter ${ratio}:1`, `${SEEMAN} (Dickson)`, (kit, phases) =>
      dicksonDown(kit, ratio, phases),
    ),
  ),
  {
    title: "resonant switched-capacitor converter 2:1",
    citation:
      "Chen, Resonant switched capacitor dc-dc converter with stackable conversion ratios, Univ. of California, Berkeley, UCB/EECS-2016-187 (2016)",
    variants: "drivers",
    draw: resonantHalver,
  },
];

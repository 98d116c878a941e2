import { expect, it } from "vitest";
import { JointProgress } from "../../src/runtime/joint-progress.js";

it("adds up pieces that are under way at once, and counts a piece whole when it ends early", () => {
  const seen: [number, string | undefined][] = [];
  const progress = new JointProgress({ total: 30, unit: "simulations" }, ({ done, note }) => seen.push([done, note]));
  const one = progress.begin(20, "one");
  const other = progress.begin(10, "other");
  one.report(3);
  other.report(4);
  one.report(5);
  one.end();
  other.end();
  expect(seen).toEqual([
    [3, "one"],
    [7, "other"],
    [9, "one"],
    [24, "one"],
    [30, "other"],
  ]);
});

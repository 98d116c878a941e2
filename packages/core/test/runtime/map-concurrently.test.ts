import { expect, it } from "vitest";
import { mapConcurrently } from "../../src/runtime/map-concurrently.js";

const never = new AbortController().signal;
const soon = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

it("answers in the order of the items, however long each takes, with no more under way than allowed", async () => {
  let underWay = 0;
  let most = 0;
  const answers = await mapConcurrently([5, 1, 3, 0, 2], { limit: 2, signal: never }, async (item) => {
    most = Math.max(most, ++underWay);
    await soon(item);
    underWay--;
    return `took ${item}`;
  });
  expect(answers).toEqual(["took 5", "took 1", "took 3", "took 0", "took 2"]);
  expect(most).toBe(2);
});

it("begins nothing more after a failure, and tells what is under way, whose end it waits for", async () => {
  const ended: [number, boolean][] = [];
  const work = mapConcurrently([0, 1, 2, 3], { limit: 2, signal: never }, async (item, signal) => {
    if (item === 0) throw new Error("no");
    await soon(5);
    ended.push([item, signal.aborted]);
    signal.throwIfAborted();
  });
  await expect(work).rejects.toThrow("no");
  expect(ended).toEqual([[1, true]]);
});

it("begins nothing more once its caller has given up", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  const work = mapConcurrently([0, 1, 2], { limit: 1, signal: stop.signal }, async (item, signal) => {
    begun.push(item);
    stop.abort(new Error("enough"));
    expect(signal.aborted).toBe(true);
    await soon(0);
  });
  await expect(work).rejects.toThrow("enough");
  expect(begun).toEqual([0]);
});

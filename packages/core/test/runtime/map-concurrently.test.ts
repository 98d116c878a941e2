import { expect, it } from "vitest";
import { mapConcurrently } from "../../src/runtime/map-concurrently.js";

const soon = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

it("answers in the order of the items, however long each takes, with no more under way than allowed", async () => {
  let underWay = 0;
  let most = 0;
  const answers = await mapConcurrently([5, 1, 3, 0, 2], 2, async (item, index) => {
    most = Math.max(most, ++underWay);
    await soon(item);
    underWay--;
    return `${index}: ${item}`;
  });
  expect(answers).toEqual(["0: 5", "1: 1", "2: 3", "3: 0", "4: 2"]);
  expect(most).toBe(2);
});

it("begins nothing more after a failure, and tells what is under way, whose end it waits for", async () => {
  const ended: [number, boolean][] = [];
  const work = mapConcurrently([0, 1, 2, 3], 2, async (item, _, failed) => {
    if (item === 0) throw new Error("no");
    await soon(5);
    ended.push([item, failed.aborted]);
    failed.throwIfAborted();
  });
  await expect(work).rejects.toThrow("no");
  expect(ended).toEqual([[1, true]]);
});

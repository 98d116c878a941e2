import { describe, expect, it } from "vitest";
import { madeBy, readPickle } from "../../src/language-model/interchange/pickle.js";

function pickle(...parts: readonly (string | number)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.of(part) : Buffer.from(part, "latin1"))));
}

const nothingOutside = (): never => {
  throw new Error("nothing lies outside");
};

describe("a pickle, read as data", () => {
  it("calls nothing that it names", () => {
    // What Python would run as os.system("touch /tmp/here").
    const value = readPickle(pickle(0x80, 2, "cos\nsystem\n", "X", 15, 0, 0, 0, "touch /tmp/here", 0x85, "R."), nothingOutside);
    expect(madeBy(value)).toBe("os.system");
    expect(value).toMatchObject({ kind: "object", parts: ["touch /tmp/here"] });
  });

  it("gives numbers, words, lists and dictionaries", () => {
    const items = pickle("}(", "X", 1, 0, 0, 0, "a", "K", 7, "X", 1, 0, 0, 0, "b", "]", "(", "J", 255, 255, 255, 255, "M", 1, 2);
    const rest = pickle(0x88, "N", 0x8a, 2, 0, 255, "G", 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, "e", "u.");
    expect(readPickle(Buffer.concat([items, rest]), nothingOutside)).toEqual(
      new Map<string, unknown>([
        ["a", 7],
        ["b", [-1, 513, true, undefined, -256, 1.5]],
      ]),
    );
  });

  it("fills an ordered dictionary that is remembered before it is filled", () => {
    const bytes = pickle(
      0x80,
      2,
      "ccollections\nOrderedDict\n",
      ")R",
      "q",
      0,
      "(",
      "X",
      1,
      0,
      0,
      0,
      "a",
      "K",
      1,
      "u",
      "h",
      0,
      0x86,
      ".",
    );
    expect(readPickle(bytes, nothingOutside)).toEqual([new Map([["a", 1]]), new Map([["a", 1]])]);
  });

  it.each([
    ["ends too soon", pickle("X", 99, 0, 0, 0, "short"), /ends too soon/],
    ["has no end", pickle("K", 1), /ends too soon/],
    ["takes from an empty stack", pickle("R."), /empty stack/],
    ["has an operation of no file of weights", pickle("i."), /operation 0x69 at byte 0/],
    ["appends to a number", pickle("K", 1, "K", 2, "a."), /no list/],
  ])("that %s is refused", (_, bytes, message) => {
    expect(() => readPickle(bytes, nothingOutside)).toThrow(message);
  });
});

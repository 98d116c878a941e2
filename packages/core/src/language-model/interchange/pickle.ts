import { TextDecoder } from "node:util";

/** A class or function that a pickle names. It is never looked up or called. */
export interface PickledGlobal {
  readonly kind: "global";
  readonly name: string;
}

/** What a pickle would make by calling something: kept as what it says, and not made. */
export interface PickledObject {
  readonly kind: "object";
  readonly of: unknown;
  readonly parts: readonly unknown[];
}

export type PickledValue = unknown;

const MARK = Symbol("mark");

/**
 * Reads a pickle (protocols 0 to 5, as PyTorch writes them) as data: dictionaries become Maps, lists and tuples arrays, numbers
 * and words themselves. A pickle is a program; here nothing of it is executed. What it would import is a {@link PickledGlobal}
 * and what it would call a {@link PickledObject}, for the caller to make sense of the few that it knows.
 *
 * Throws a plain Error when it ends too soon or has an operation that no file of weights needs.
 * @param persistent makes sense of an object that lies outside the pickle
 */
export function readPickle(bytes: Uint8Array, persistent: (id: PickledValue) => PickledValue): PickledValue {
  return new PickleReader(bytes, persistent).read();
}

/** The name of what an object would be made by, such as `collections.OrderedDict`; undefined for everything else. */
export function madeBy(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  return isGlobal(value.of) ? value.of.name : undefined;
}

export function isGlobal(value: unknown): value is PickledGlobal {
  return typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "global";
}

export function isObject(value: unknown): value is PickledObject {
  return typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "object";
}

class PickleReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #persistent: (id: PickledValue) => PickledValue;
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();
  #at = 0;

  constructor(bytes: Uint8Array, persistent: (id: PickledValue) => PickledValue) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#persistent = persistent;
  }

  read(): PickledValue {
    for (;;) {
      const operation = String.fromCharCode(this.#byte());
      if (operation === ".") return this.#pop();
      this.#execute(operation);
    }
  }

  /** Operations by their one-letter codes, as in Python's pickletools. */
  #execute(operation: string): void {
    const stack = this.#stack;
    switch (operation) {
      case "\x80": // PROTO
        this.#byte();
        return;
      case "\x95": // FRAME
        this.#take(8);
        return;
      case "(":
        stack.push(MARK);
        return;
      case "0": // POP
        this.#pop();
        return;
      case "1": // POP_MARK
        this.#popToMark();
        return;
      case "2": // DUP
        stack.push(this.#top());
        return;
      case "}":
        stack.push(new Map());
        return;
      case "]":
      case ")":
      case "\x8f": // EMPTY_SET
        stack.push([]);
        return;
      case "N":
        stack.push(undefined);
        return;
      case "\x88":
        stack.push(true);
        return;
      case "\x89":
        stack.push(false);
        return;
      case "q": // BINPUT
        this.#memo.set(this.#byte(), this.#top());
        return;
      case "r": // LONG_BINPUT
        this.#memo.set(this.#uint32(), this.#top());
        return;
      case "p": // PUT
        this.#memo.set(Number(this.#line()), this.#top());
        return;
      case "\x94": // MEMOIZE
        this.#memo.set(this.#memo.size, this.#top());
        return;
      case "h": // BINGET
        stack.push(this.#memo.get(this.#byte()));
        return;
      case "j": // LONG_BINGET
        stack.push(this.#memo.get(this.#uint32()));
        return;
      case "g": // GET
        stack.push(this.#memo.get(Number(this.#line())));
        return;
      case "K": // BININT1
        stack.push(this.#byte());
        return;
      case "M": // BININT2
        stack.push(this.#byte() + 256 * this.#byte());
        return;
      case "J": // BININT
        stack.push(this.#uint32() | 0);
        return;
      case "I": // INT, and the booleans of protocol 0
      case "L": // LONG
      case "F": // FLOAT
        stack.push(Number(this.#line().replace(/L$/, "")));
        return;
      case "\x8a": // LONG1
        stack.push(this.#long(this.#byte()));
        return;
      case "\x8b": // LONG4
        stack.push(this.#long(this.#uint32()));
        return;
      case "G": {
        // BINFLOAT, big-endian
        const start = this.#take(8);
        stack.push(this.#view.getFloat64(start));
        return;
      }
      case "X": // BINUNICODE
      case "T": // BINSTRING
      case "B": // BINBYTES
        stack.push(this.#text(this.#uint32()));
        return;
      case "\x8c": // SHORT_BINUNICODE
      case "U": // SHORT_BINSTRING
      case "C": // SHORT_BINBYTES
        stack.push(this.#text(this.#byte()));
        return;
      case "\x8d": // BINUNICODE8
      case "\x8e": // BINBYTES8
        stack.push(this.#text(this.#length64()));
        return;
      case "V": // UNICODE
        stack.push(this.#line());
        return;
      case "t":
      case "l": // LIST
        stack.push(this.#popToMark());
        return;
      case "\x85":
      case "\x86":
      case "\x87": // TUPLE1 to TUPLE3
        stack.push(this.#popMany(operation.charCodeAt(0) - 0x84));
        return;
      case "d": // DICT
        stack.push(toMap(this.#popToMark()));
        return;
      case "a": {
        const item = this.#pop();
        this.#extend([item]);
        return;
      }
      case "e": // APPENDS
      case "\x90": // ADDITEMS
        this.#extend(this.#popToMark());
        return;
      case "s":
        this.#setItems(this.#popMany(2));
        return;
      case "u": // SETITEMS
        this.#setItems(this.#popToMark());
        return;
      case "c": // GLOBAL
        stack.push({ kind: "global", name: `${this.#line()}.${this.#line()}` } satisfies PickledGlobal);
        return;
      case "\x93": {
        // STACK_GLOBAL
        const [module, name] = this.#popMany(2);
        stack.push({ kind: "global", name: `${String(module)}.${String(name)}` } satisfies PickledGlobal);
        return;
      }
      case "Q": // BINPERSID
        stack.push(this.#persistent(this.#pop()));
        return;
      case "R": // REDUCE
      case "\x81": {
        // NEWOBJ
        const [of, parts] = this.#popMany(2);
        stack.push(made(of, Array.isArray(parts) ? (parts as unknown[]) : []));
        return;
      }
      case "b": // BUILD: the state of an object, which is not made
        this.#pop();
        return;
      default:
        throw new Error(
          `it has the operation 0x${operation.charCodeAt(0).toString(16)} at byte ${this.#at - 1}, which no file of weights needs`,
        );
    }
  }

  #extend(items: readonly unknown[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw new Error("it appends to what is no list");
    for (const item of items) list.push(item);
  }

  #setItems(items: readonly unknown[]): void {
    const map = this.#top();
    if (!(map instanceof Map)) throw new Error("it sets items of what is no dictionary");
    for (let index = 0; index + 1 < items.length; index += 2) map.set(items[index], items[index + 1]);
  }

  #top(): unknown {
    if (this.#stack.length === 0) throw new Error("it takes from an empty stack");
    return this.#stack.at(-1);
  }

  #pop(): unknown {
    const top = this.#top();
    this.#stack.pop();
    return top;
  }

  #popMany(count: number): unknown[] {
    if (this.#stack.length < count) throw new Error("it takes from an empty stack");
    return this.#stack.splice(-count);
  }

  #popToMark(): unknown[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw new Error("a mark is missing in it");
    const items = this.#stack.splice(mark);
    items.shift();
    return items;
  }

  /** Moves on, and returns where it was. */
  #take(count: number): number {
    const start = this.#at;
    if (start + count > this.#bytes.length) throw new Error("it ends too soon");
    this.#at += count;
    return start;
  }

  #byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  #uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  #length64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }

  /** Little-endian two's complement. Exact up to 2^53, which is enough for sizes. */
  #long(length: number): number {
    const start = this.#take(length);
    let value = 0;
    for (let index = 0; index < length; index++) value += (this.#bytes[start + index] as number) * 2 ** (8 * index);
    return length > 0 && (this.#bytes[start + length - 1] as number) > 127 ? value - 2 ** (8 * length) : value;
  }

  #text(length: number): string {
    const start = this.#take(length);
    return new TextDecoder().decode(this.#bytes.subarray(start, start + length));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw new Error("it ends too soon");
    const text = this.#text(end - this.#at);
    this.#at = end + 1;
    return text;
  }
}

/** An ordered dictionary is a dictionary, and is filled after it is made; of everything else only the parts are kept. */
function made(of: unknown, parts: readonly unknown[]): unknown {
  if (isGlobal(of) && of.name === "collections.OrderedDict") {
    const pairs = parts[0];
    return toMap(Array.isArray(pairs) ? (pairs as unknown[]).flat() : []);
  }
  return { kind: "object", of, parts } satisfies PickledObject;
}

function toMap(items: readonly unknown[]): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  for (let index = 0; index + 1 < items.length; index += 2) map.set(items[index], items[index + 1]);
  return map;
}

/** What every name in a deck looks like: nothing that an engine could read as a command, a path or an expression. */
export const NAME_PATTERN = /^[a-z][a-z0-9_]*$/;

/** Long enough for any name made from a netlist, short enough that a line never overflows an engine's buffer. */
export const MAX_NAME_LENGTH = 64;

export function isDeckName(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && NAME_PATTERN.test(text);
}

/**
 * Turns names of a netlist, which may hold anything, into deck names that begin with `prefix`.
 * Different names stay different; the same names in the same order give the same deck names.
 */
export function deckNames(names: Iterable<string>, prefix: string): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of names) {
    if (given.has(name)) continue;
    const plain =
      prefix +
      name
        .toLowerCase()
        .replace(/[^a-z0-9_]/g, "_")
        .slice(0, MAX_NAME_LENGTH / 2);
    let unique = plain;
    for (let number = 2; taken.has(unique); number++) unique = `${plain}_${number}`;
    taken.add(unique);
    given.set(name, unique);
  }
  return given;
}

import { promise } from "../conformance-check.js";

export function refuseRepeats(what: string, names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  promise(repeated === undefined, `${what} "${repeated ?? ""}" is there twice`);
}

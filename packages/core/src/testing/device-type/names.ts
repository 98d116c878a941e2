import type { DeviceType } from "../../contracts/device-type.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

/** Netlists and tokens hold its name. */
export function names(type: DeviceType): readonly BehaviourCheck[] {
  return [{ name: "is named so that netlists and tokens can hold it", run: () => checkNames(type) }];
}

function checkNames(type: DeviceType): void {
  promise(/^[^\s()*]+$/.test(type.name), `name "${type.name}" must be one word without parentheses or asterisks`);
  promise(
    /^[A-Z]+(_[A-Z]+)*$/.test(type.tokenPrefix),
    `tokenPrefix "${type.tokenPrefix}" must be upper case letters, with underscores only between them`,
  );
  promise(/^[a-z]$/.test(type.spiceLetter), `spiceLetter "${type.spiceLetter}" must be one lower case letter`);
  promise(type.title.trim() !== "", "title must not be empty");
}

import type { DeviceType } from "../../contracts/device-type.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { bytesLeftBehind } from "../memory-held.js";
import { exampleInstance, valuesAt } from "./example-instance.js";

const DECKS = 10;
/** So many that what is left of them is not lost among what compiled code leaves. */
const INSTANCES = 200;
/** An element that is kept is several times as much. */
const MOST_BYTES = 50;

/** A run writes every circuit's devices into decks, by the million. */
export function endurance(type: DeviceType): readonly BehaviourCheck[] {
  return [
    {
      name: "holds on to nothing of devices that it has written",
      run: () => {
        const values = valuesAt(type, "default");
        const grown = bytesLeftBehind(DECKS, MOST_BYTES * INSTANCES, (number) => {
          for (let instance = 0; instance < INSTANCES; instance++) {
            type.toSpice({ ...exampleInstance(type, { ...values }), name: `d_${number}_${instance}` });
          }
        });
        const each = grown / INSTANCES;
        promise(each < MOST_BYTES, `memory grew by ${each.toFixed(0)} bytes a device`);
      },
    },
  ];
}

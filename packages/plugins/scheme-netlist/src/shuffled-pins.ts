import type { Device, DeviceType, Rng } from "@topogenie/core";

/** A device's nets with those of interchangeable pins in random order. */
export function shuffledPins({ nets }: Device, { pins, interchangeablePins }: DeviceType, rng: Rng): string[] {
  const shuffled = [...nets];
  for (const group of interchangeablePins) {
    const places = group.map((name) => pins.findIndex((pin) => pin.name === name));
    const order = rng.shuffle(places);
    places.forEach((place, index) => {
      shuffled[place] = nets[order[index] as number] as string;
    });
  }
  return shuffled;
}

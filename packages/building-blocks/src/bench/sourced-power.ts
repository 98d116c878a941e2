/**
 * Amperes that the supply and every bias voltage give; what flows into a bias voltage is not credited. Times the supply
 * voltage it is the power, as if all of them were made from the supply.
 *
 * @param branches amperes through each voltage source, positive from plus through the source to minus
 */
export function sourcedAmperes(branches: Readonly<Record<string, number>>, supplySource: string): number {
  return Object.entries(branches)
    .filter(([source]) => source === supplySource || source.startsWith("bias_"))
    .reduce((sum, [, amperes]) => sum + Math.max(0, -amperes), 0);
}

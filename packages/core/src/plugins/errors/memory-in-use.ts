/** What V8's heap holds, without garbage. */
export interface MemoryInUse {
  readonly heldBytes: number;
  /** By this much it has grown while it was watched. */
  readonly grownBytes: number;
  /** So much may be held. */
  readonly limitBytes: number;
}

/** How much is held, and what to do where the work needs it. */
export function howFull({ heldBytes, limitBytes }: MemoryInUse): string {
  return (
    `${megabytes(heldBytes)} of ${megabytes(limitBytes)} MB (${((100 * heldBytes) / limitBytes).toFixed(0)} %) are in use, and at the ` +
    "limit the process ends without a word. Where the work needs as much, raise the limit: " +
    `NODE_OPTIONS=--max-old-space-size=${megabytes(2 * limitBytes)}.`
  );
}

/** As Node.js counts them. */
export function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}

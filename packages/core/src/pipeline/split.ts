/** Which topologies are in which part; by canonical form, so that no circuit is in both. */
export interface Split {
  readonly training: readonly string[];
  readonly validation: readonly string[];
}

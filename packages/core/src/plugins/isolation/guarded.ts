/**
 * Every member of a contract, those that are optional as well. A guard that is made of these does not compile when the contract
 * gains a member and the guard does not say what becomes of it.
 */
export type Members<T> = {
  [K in keyof T]-?: object extends Pick<T, K> ? T[K] | undefined : T[K];
};

/** A guard of these members; those that the plugin's thing does not have, it does not have either. */
export function guarded<T extends object>(members: Members<T>): T {
  const guard: object = members;
  // From the last to the first: an object whose last member is taken away stays as fast as it was.
  for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(guard)).reverse()) {
    if (!("get" in member) && member.value === undefined) Reflect.deleteProperty(guard, name);
  }
  return members as unknown as T;
}

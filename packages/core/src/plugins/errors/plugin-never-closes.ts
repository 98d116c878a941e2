/**
 * A warning, as for what is left open.
 * @param what in the singular: `session of simulator "ngspice"`
 */
export function pluginNeverCloses(opener: string, what: string, count: number): string {
  return (
    `${opener} has opened and not closed ${count} times: a ${what}. What it holds is lost until the process ends. ` +
    "This is a defect of the plugin: report it there, or use another."
  );
}

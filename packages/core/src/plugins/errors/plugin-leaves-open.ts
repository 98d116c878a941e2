/** A warning: whatever the run was to find is found by then. */
export function pluginLeavesOpen(opener: string, what: string): string {
  return (
    `${opener} leaves open what keeps the process running: ${what}. ` +
    "This is a defect of the plugin: report it there, or use another."
  );
}

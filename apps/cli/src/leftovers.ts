/** Plugins that a config names, by how it names them. */
export const foreignPlugins = new Set<string>();

/** Long enough for whatever is being put away. */
const GRACE_MS = 3000;

/**
 * To be called when the command is done: a timer, socket or worker that a plugin left behind must not keep the process. Its
 * own timer keeps nothing, so that it comes to this only where something else does.
 */
export function endDespiteLeftovers(): void {
  setTimeout(() => {
    const resources = [...new Set(process.getActiveResourcesInfo())].join(", ");
    const suspects = foreignPlugins.size === 0 ? "" : ` Plugins in use: ${[...foreignPlugins].join(", ")}.`;
    process.stderr.write(
      `warning: something still runs although the command is done (${resources}); it is ended now.${suspects}\n`,
    );
    process.exit();
  }, GRACE_MS).unref();
}

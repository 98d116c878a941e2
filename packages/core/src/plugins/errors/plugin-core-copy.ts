import { TopogenieError } from "../../runtime/error.js";

export interface CoreCopy {
  readonly version: string;
  readonly folder: string;
}

/** Classes of one copy are not those of another: errors and circuits of the plugin would not be known for what they are. */
export function pluginCoreCopy(specifier: string, from: string, theirs: CoreCopy, ours: CoreCopy): TopogenieError {
  return new TopogenieError(
    "PLUGIN_CORE_COPY",
    `Plugin "${specifier}", named in ${from}, was made with another copy of @topogenie/core (${theirs.version} in ${theirs.folder}) ` +
      `than the one that loads it (${ours.version} in ${ours.folder}). ` +
      "A plugin must list @topogenie/core under peerDependencies, not dependencies; then: npm dedupe",
  );
}

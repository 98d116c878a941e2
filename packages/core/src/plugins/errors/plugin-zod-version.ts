import { TopogenieError } from "../../runtime/error.js";

export function pluginZodVersion(specifier: string, from: string, key: string, found: string): TopogenieError {
  return new TopogenieError(
    "PLUGIN_ZOD_VERSION",
    `Plugin "${specifier}", named in ${from}: ${key} is a schema of ${found}; Topogenie needs one of zod 4. ` +
      "The plugin must import zod 4 and list it under peerDependencies (^4.0.0); then: npm install zod@4",
  );
}

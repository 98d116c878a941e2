import { mergeConfig } from "vitest/config";
import shared from "../../vitest.config.js";

/** The templates' own tests as well, where they lie. */
export default mergeConfig(shared, { test: { include: ["templates/*/test/**/*.test.ts"] } });

import { checkBuiltIns } from "./built-in-conformance.js";

await checkBuiltIns("model-backend");

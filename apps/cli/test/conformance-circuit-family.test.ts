import { checkBuiltIns } from "./built-in-conformance.js";

await checkBuiltIns("circuit-family");

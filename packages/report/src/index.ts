export { renderReport } from "./render-report.js";
export { renderSchematic, type SchematicOptions } from "./schematic/render-schematic.js";

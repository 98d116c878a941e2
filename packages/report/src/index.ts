export { renderSchematic, type SchematicOptions } from "./schematic/render-schematic.js";

export { comparisonData } from "./comparison-data.js";
export { renderComparison } from "./render-comparison.js";
export { renderEvaluation, type EvaluationData } from "./render-evaluation.js";
export { renderExperiment } from "./render-experiment.js";
export { renderReport } from "./render-report.js";
export { renderSchematic, type SchematicOptions } from "./schematic/render-schematic.js";
export { renderSideBySide } from "./render-side-by-side.js";

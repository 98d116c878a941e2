export * from "./library-card.js";
export * from "./load-models.js";
export * from "./read-library.js";
export * from "./try-models.js";

export * from "./gm-id-first-guess.js";
export { GmIdTable, simulateGmIdTable, type GmIdTableSettings } from "./gm-id-table.js";

export { seeds } from "./seeds.js";

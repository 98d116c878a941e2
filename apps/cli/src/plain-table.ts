import type { TableConstructorOptions } from "cli-table3";

/** Columns by spaces alone: readable in a log, easy to cut. */
export const plainTable: TableConstructorOptions = {
  chars: {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: "  ",
  },
  style: { head: ["bold"], border: [], "padding-left": 0, "padding-right": 0 },
};

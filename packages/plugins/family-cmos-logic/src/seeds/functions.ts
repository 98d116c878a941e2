import { all, any, type Expression } from "./expression.js";

/** Functions of one gate by the name of the complementary one. */
export const gateFunctions: readonly { readonly title: string; readonly expression: Expression }[] = [
  { title: "inverter", expression: 0 },
  ...[2, 3, 4, 5].map((count) => ({
    title: `NAND${count}`,
    expression: all(...Array.from({ length: count }, (_, index) => index)),
  })),
  ...[2, 3, 4, 5].map((count) => ({
    title: `NOR${count}`,
    expression: any(...Array.from({ length: count }, (_, index) => index)),
  })),
  { title: "AOI21", expression: any(all(0, 1), 2) },
  { title: "AOI22", expression: any(all(0, 1), all(2, 3)) },
  { title: "AOI31", expression: any(all(0, 1, 2), 3) },
  { title: "AOI211", expression: any(all(0, 1), 2, 3) },
  { title: "AOI32", expression: any(all(0, 1, 2), all(3, 4)) },
  { title: "AOI221", expression: any(all(0, 1), all(2, 3), 4) },
  { title: "OAI21", expression: all(any(0, 1), 2) },
  { title: "OAI22", expression: all(any(0, 1), any(2, 3)) },
  { title: "OAI31", expression: all(any(0, 1, 2), 3) },
  { title: "OAI211", expression: all(any(0, 1), 2, 3) },
  { title: "OAI32", expression: all(any(0, 1, 2), any(3, 4)) },
  { title: "OAI221", expression: all(any(0, 1), any(2, 3), 4) },
  { title: "majority", expression: any(all(0, 1), all(2, any(0, 1))) },
];

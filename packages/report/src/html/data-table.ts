import { markup, type Html, type HtmlValue } from "./html.js";

export interface Cell {
  readonly content: HtmlValue;
  /** By what the column is sorted, when that is not the text: the number behind it. */
  readonly value?: number | undefined;
}

export interface Column {
  readonly title: HtmlValue;
  readonly numeric?: boolean;
}

/** A table that scrolls sideways on narrow screens. With `sortable`, the page's script makes its headings buttons. */
export function dataTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Cell | string)[])[],
  options: { readonly sortable?: boolean } = {},
): Html {
  const align = (index: number) => (columns[index]?.numeric === true ? markup` class="number"` : undefined);
  const head = columns.map(({ title }, index) => markup`<th scope="col"${align(index)}>${title}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((cell, index) => {
      const { content, value } = typeof cell === "string" ? { content: cell, value: undefined } : cell;
      const sort = value === undefined || !Number.isFinite(value) ? undefined : markup` data-value="${value}"`;
      return index === 0
        ? markup`<th scope="row"${align(index)}${sort}>${content}</th>`
        : markup`<td${align(index)}${sort}>${content}</td>`;
    });
    return markup`<tr>${cells}</tr>
`;
  });
  const table = options.sortable === true ? markup`<table data-sortable>` : markup`<table>`;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">${table}
<caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody></table></div>
`;
}

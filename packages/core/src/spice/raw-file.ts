/** One plot of an ngspice binary raw file. Columns by variable name; complex plots have `im` beside `re`. */
export interface RawPlot {
  readonly title: string;
  readonly plotName: string;
  readonly points: number;
  readonly columns: ReadonlyMap<string, { readonly re: Float64Array; readonly im?: Float64Array }>;
}

const BINARY = "Binary:\n";

/** The first plot of the file; undefined unless it is whole: a header that makes sense and all the numbers it promises. */
export function readRawFile(bytes: Uint8Array): RawPlot | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const binary = buffer.indexOf(BINARY, 0, "latin1");
  if (binary < 0) return undefined;
  const header = buffer.toString("latin1", 0, binary).split("\n");
  const field = (name: string): string =>
    header
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? "";
  const points = Number(field("No. Points"));
  const variables = Number(field("No. Variables"));
  const complex = field("Flags").includes("complex");
  const first = header.indexOf("Variables:") + 1;
  const names = header.slice(first, first + variables).map((line) => line.trim().split(/\s+/)[1] ?? "");
  const start = binary + BINARY.length;
  const stride = complex ? 2 : 1;
  const numbers = points * variables * stride;
  if (first === 0 || names.length !== variables || !(points > 0) || buffer.length - start !== numbers * 8) return undefined;
  // Copied so that the doubles are aligned, whatever the header's length.
  const data = new Float64Array(new Uint8Array(buffer.subarray(start)).buffer);
  const columns = new Map<string, { re: Float64Array; im?: Float64Array }>();
  names.forEach((name, variable) => {
    const column = (offset: number): Float64Array => {
      const values = new Float64Array(points);
      for (let point = 0; point < points; point++)
        values[point] = data[(point * variables + variable) * stride + offset] ?? Number.NaN;
      return values;
    };
    columns.set(name, complex ? { re: column(0), im: column(1) } : { re: column(0) });
  });
  return { title: field("Title"), plotName: field("Plotname"), points, columns };
}

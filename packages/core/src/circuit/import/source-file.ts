/** A netlist or port file, read into memory. */
export interface SourceFile {
  /** Relative to the folder or archive, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Why a file, or one line of it, was not taken. */
export interface RejectedFile {
  readonly file: string;
  /** From 1; 0 when the whole file is meant. */
  readonly line: number;
  readonly reason: string;
}

/** What was found, before any of it is read as a circuit. */
export interface SourceFiles {
  readonly files: readonly SourceFile[];
  readonly rejected: readonly RejectedFile[];
}

export interface ImportLimits {
  /** Of one file. A netlist of 1 MiB has some 20,000 devices. */
  readonly fileBytes: number;
  /** Of all files of an archive or folder, whatever their kind. */
  readonly totalBytes: number;
  readonly files: number;
}

export const defaultImportLimits: ImportLimits = { fileBytes: 1 << 20, totalBytes: 1 << 30, files: 1_000_000 };

const netlistEndings = /\.(?:cir|sp|spi|spice|net|ckt|cdl)$/i;
const portFile = /(?:^|\/)Port[^/]*\.txt$/i;

export function isNetlistPath(path: string): boolean {
  return netlistEndings.test(path);
}

/** Whether an import needs the file; pictures and notes are passed over. */
export function isSourcePath(path: string): boolean {
  return isNetlistPath(path) || portFile.test(path);
}

/** Bytes as text. Files that are not UTF-8 are not read, because names would be mangled. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export const notUtf8 = "The file is not UTF-8 text. Save it as UTF-8.";

export function tooLarge(bytes: number, limit: number): string {
  return `The file has ${bytes} bytes; more than ${limit} are not read. Split it, or take out what is no netlist.`;
}

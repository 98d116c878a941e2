import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { DeviceType } from "../../contracts/device-type.js";
import { TopogenieError } from "../../runtime/error.js";
import type { ProgressListener } from "../../runtime/progress.js";
import { readArchive } from "./read-archive.js";
import { readFolder, readSource } from "./read-folder.js";
import { readSources, type SourcesReading } from "./read-sources.js";
import { defaultImportLimits, type ImportLimits, isNetlistPath, type SourceFiles } from "./source-file.js";

export type { ImportLimits, RejectedFile } from "./source-file.js";

export interface ImportOptions {
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  /** Device type by SPICE model name, see {@link SpiceOptions}. */
  readonly models?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  readonly limits?: Partial<ImportLimits>;
}

/** Circuits in the natural order of their files, every line that kept one out, and what was mended on the way. */
export type ImportedCircuits = SourcesReading;

/**
 * Imports circuits from a folder, a tar archive (`.tar`, `.tar.gz`, `.tgz`) or one netlist. Both layouts may be mixed:
 * AnalogGenie's `N.cir` with `PortN.txt`, and SPICE netlists (`.cir .sp .spi .spice .net .ckt .cdl`).
 * A bad file is reported and does not stop the import.
 *
 * @throws TopogenieError `IMPORT_NOT_FOUND`, `IMPORT_NOT_READABLE`, `IMPORT_ARCHIVE_CORRUPT`, `IMPORT_TOO_LARGE`, `IMPORT_EMPTY`
 */
export async function importCircuits(path: string, options: ImportOptions): Promise<ImportedCircuits> {
  options.signal?.throwIfAborted();
  const sources = await readAll(path, { ...defaultImportLimits, ...options.limits }, options);
  if (sources.files.length + sources.rejected.length === 0) {
    throw new TopogenieError(
      "IMPORT_EMPTY",
      `${path} holds no netlists. Looked for N.cir with PortN.txt, and for .cir, .sp, .spi, .spice, .net, .ckt and .cdl files.`,
    );
  }
  const reading = readSources(sources.files, options);
  return { ...reading, rejected: [...sources.rejected, ...reading.rejected] };
}

async function readAll(path: string, limits: ImportLimits, options: ImportOptions): Promise<SourceFiles> {
  const found = await stat(path).catch((error: unknown) => {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new TopogenieError(
      missing ? "IMPORT_NOT_FOUND" : "IMPORT_NOT_READABLE",
      `${path} ${missing ? "does not exist" : `cannot be read: ${String(error)}`}. Name a folder, a .tar.gz archive or a netlist.`,
      { cause: error },
    );
  });
  if (found.isDirectory()) return readFolder(path, limits, options.signal, options.onProgress);
  if (/\.(?:tar|tar\.gz|tgz)$/i.test(path)) return readArchive(path, limits, options.signal, options.onProgress);
  if (!isNetlistPath(path)) {
    throw new TopogenieError(
      "IMPORT_NOT_READABLE",
      `${path} is neither a folder nor an archive (.tar, .tar.gz, .tgz) nor a netlist (.cir, .sp, .spi, .spice, .net, .ckt, .cdl).`,
    );
  }
  const read = await readSource(path, limits);
  const file = basename(path);
  if ("reason" in read) return { files: [], rejected: [{ file, line: 0, reason: read.reason }] };
  const ports = await readSource(path.replace(/([^/\\]+)\.[^.]*$/, "Port$1.txt"), limits);
  const portFile = "reason" in ports ? [] : [{ path: file.replace(/^(.*)\.[^.]*$/, "Port$1.txt"), text: ports.text }];
  return { files: [{ path: file, text: read.text }, ...portFile], rejected: [] };
}

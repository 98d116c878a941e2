import { z } from "zod";
import type { HostTensor } from "../contracts/model-backend.js";
import { floatBytes, isFloatFormat, toFloat32 } from "./interchange/float-formats.js";

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
type Entry = z.output<typeof entrySchema>;

const LENGTH_BYTES = 8;
/** Data begins at a multiple of this, as the format's own writer does. */
const ALIGNMENT = 8;

/** The bytes of a safetensors file (github.com/huggingface/safetensors) of 32-bit floats, in the map's order. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  let offset = 0;
  const entries: Record<string, Entry | Readonly<Record<string, string>>> = { __metadata__: metadata };
  for (const [name, { shape, data }] of tensors) {
    entries[name] = { dtype: "F32", shape: [...shape], data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(entries));
  const headerLength = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + headerLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerLength);
  bytes.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerLength;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads float tensors; those of 16 or 64 bits become 32-bit ones. Throws a plain Error saying what is wrong with the bytes; the
 * caller knows the file's name.
 * @param isWanted by name: other tensors are left unread
 */
export function decodeSafetensors(bytes: Uint8Array, isWanted: (name: string) => boolean = () => true): Map<string, HostTensor> {
  const { header, start } = headerOf(bytes);
  const tensors = new Map<string, HostTensor>();
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__" || !isWanted(name)) continue;
    const entry = entrySchema.safeParse(value);
    if (!entry.success) throw new Error(`its header says of "${name}" what no tensor can be`);
    tensors.set(name, { shape: entry.data.shape, data: floatsOf(bytes, start, name, entry.data) });
  }
  return tensors;
}

/** What a file says of itself besides its tensors. Throws as {@link decodeSafetensors}. */
export function readSafetensorsMetadata(bytes: Uint8Array): unknown {
  return headerOf(bytes).header.__metadata__;
}

function floatsOf(bytes: Uint8Array, start: number, name: string, { dtype, shape, data_offsets }: Entry): Float32Array {
  if (!isFloatFormat(dtype)) throw new Error(`tensor "${name}" is of type ${dtype}, and only floats are read`);
  const [from, to] = data_offsets;
  if (start + to > bytes.length) throw new Error(`it ends within tensor "${name}"`);
  if (to - from !== floatBytes[dtype] * shape.reduce((product, size) => product * size, 1))
    throw new Error(`tensor "${name}" is not of its shape's size`);
  return toFloat32(bytes.subarray(start + from, start + to), dtype);
}

function headerOf(bytes: Uint8Array): { readonly header: Record<string, unknown>; readonly start: number } {
  if (bytes.length < LENGTH_BYTES) throw new Error("it is too short to hold a header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = LENGTH_BYTES + Number(view.getBigUint64(0, true));
  if (start > bytes.length) throw new Error("it ends within its header, or is no safetensors file");
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, start)));
    return { header: z.record(z.string(), z.unknown()).parse(header), start };
  } catch {
    throw new Error("its header is no JSON object");
  }
}

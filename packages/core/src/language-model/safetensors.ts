import type { HostTensor } from "../contracts/model-backend.js";

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

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
    entries[name] = { dtype: "F32", shape, data_offsets: [offset, offset + data.byteLength] };
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

/** Reads 32-bit float tensors. Throws a plain Error saying what is wrong with the bytes; the caller knows the file's name. */
export function decodeSafetensors(bytes: Uint8Array): Map<string, HostTensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < LENGTH_BYTES) throw new Error("it is too short to hold a header");
  const headerLength = Number(view.getBigUint64(0, true));
  const start = LENGTH_BYTES + headerLength;
  if (start > bytes.length) throw new Error("it ends within its header");
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, start));
  const tensors = new Map<string, HostTensor>();
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets } = value as Entry;
    if (dtype !== "F32") throw new Error(`tensor "${name}" is of type ${dtype}, and only F32 is read`);
    const [from, to] = data_offsets;
    if (start + to > bytes.length) throw new Error(`it ends within tensor "${name}"`);
    if (to - from !== 4 * shape.reduce((product, size) => product * size, 1))
      throw new Error(`tensor "${name}" is not of its shape's size`);
    const data = new Float32Array((to - from) / 4);
    new Uint8Array(data.buffer).set(bytes.subarray(start + from, start + to));
    tensors.set(name, { shape, data });
  }
  return tensors;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch {
    throw new Error("its header is no JSON");
  }
}

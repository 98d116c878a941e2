import { buffer } from "node:stream/consumers";
import yauzl from "yauzl";
import type { HostTensor } from "../../contracts/model-backend.js";
import { toFloat32, type FloatFormat } from "./float-formats.js";
import { isGlobal, isObject, madeBy, readPickle } from "./pickle.js";

/** What `torch.save` wrote: tensors by name, and the plain values beside them (such as nanoGPT's `model_args`). */
export interface TorchFile {
  readonly tensors: Map<string, HostTensor>;
  readonly values: ReadonlyMap<string, unknown>;
}

interface Storage {
  readonly kind: "storage";
  readonly key: string;
  /** Undefined for storages of whole numbers and truth values: no weights. */
  readonly format: FloatFormat | undefined;
}

const storageFormats: Readonly<Record<string, FloatFormat>> = {
  "torch.FloatStorage": "F32",
  "torch.HalfStorage": "F16",
  "torch.BFloat16Storage": "BF16",
  "torch.DoubleStorage": "F64",
};

/** Where programs keep the weights among other things. */
const WEIGHT_KEYS = ["model", "state_dict", "model_state_dict"];
/** Put before every name by wrappers: torch.compile, DataParallel. */
const WRAPPERS = /^(_orig_mod\.|module\.)+/;

/**
 * Reads a file of `torch.save` (PyTorch 1.6 or later: a zip archive with a pickle and the raw storages). Nothing in it is
 * executed. Throws a plain Error saying what is wrong; the caller knows the file's name.
 * @param isWanted by name: other tensors are left unread
 */
export async function readTorchFile(file: string, isWanted: (name: string) => boolean): Promise<TorchFile> {
  const zip = await yauzl.openPromise(file, { autoClose: false });
  try {
    const entries = new Map<string, yauzl.Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    const pickleName = [...entries.keys()].find((name) => name === "data.pkl" || name.endsWith("/data.pkl"));
    if (pickleName === undefined) throw new Error("it is a zip archive without a data.pkl, so it was not written by torch.save");
    const folder = pickleName.slice(0, -"data.pkl".length);
    const readEntry = async (name: string): Promise<Uint8Array> => {
      const entry = entries.get(folder + name);
      if (entry === undefined) throw new Error(`"${folder + name}" is missing in it`);
      return buffer(await zip.openReadStreamPromise(entry));
    };
    if (entries.has(`${folder}byteorder`)) {
      const order = Buffer.from(await readEntry("byteorder")).toString();
      if (order !== "little") throw new Error(`its numbers are ${order}-endian, and only little-endian ones are read`);
    }
    const root = readPickle(await readEntry("data.pkl"), storageOf);
    const { weights, values } = partsOf(root);
    const tensors = new Map<string, HostTensor>();
    for (const [key, value] of weights) {
      const name = String(key).replace(WRAPPERS, "");
      if (!isWanted(name)) continue;
      const tensor = await tensorOf(name, value, readEntry);
      if (tensor !== undefined) tensors.set(name, tensor);
    }
    return { tensors, values };
  } finally {
    zip.close();
  }
}

/** `("storage", type, key, location, elements)` */
function storageOf(id: unknown): Storage {
  const [kind, type, key] = Array.isArray(id) ? (id as unknown[]) : [];
  if (kind !== "storage" || typeof key !== "string") throw new Error("it refers to something that is no storage of numbers");
  return { kind: "storage", key, format: isGlobal(type) ? storageFormats[type.name] : undefined };
}

function partsOf(root: unknown): { weights: ReadonlyMap<unknown, unknown>; values: ReadonlyMap<string, unknown> } {
  if (!(root instanceof Map)) {
    throw new Error(
      isObject(root)
        ? `it holds a whole ${madeBy(root) ?? "object"}, which only its own code can read: save the model's state_dict() instead`
        : "it holds no dictionary of tensors",
    );
  }
  const values = new Map([...(root as Map<unknown, unknown>)].map(([key, value]) => [String(key), value]));
  const nested = WEIGHT_KEYS.map((key) => values.get(key)).find((value) => value instanceof Map);
  return { weights: (nested ?? root) as Map<unknown, unknown>, values: nested === undefined ? new Map() : values };
}

async function tensorOf(
  name: string,
  value: unknown,
  readEntry: (name: string) => Promise<Uint8Array>,
): Promise<HostTensor | undefined> {
  if (madeBy(value) === "torch._utils._rebuild_parameter" && isObject(value)) return tensorOf(name, value.parts[0], readEntry);
  if (madeBy(value) !== "torch._utils._rebuild_tensor_v2" || !isObject(value)) return undefined;
  const [storage, offset, shape, strides] = value.parts as [Storage, number, number[], number[]];
  if (storage.format === undefined) return undefined;
  const elements = toFloat32(await readEntry(`data/${storage.key}`), storage.format);
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * (strides[axis] ?? 0), offset);
  if (last >= elements.length) throw new Error(`tensor "${name}" reaches beyond its ${elements.length} numbers`);
  return { shape, data: gather(elements, offset, shape, strides) };
}

/** The elements of a view on a storage, row-major. */
function gather(elements: Float32Array, offset: number, shape: readonly number[], strides: readonly number[]): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const index = shape.map(() => 0);
  const data = new Float32Array(size);
  let from = offset;
  for (let to = 0; to < size; to++) {
    data[to] = elements[from] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis] as number;
      if (++(index[axis] as number) < (shape[axis] as number)) break;
      from -= (strides[axis] as number) * (shape[axis] as number);
      index[axis] = 0;
    }
  }
  return data;
}

/** How floats lie in files of weights, by safetensors' names. */
export const floatBytes = { F32: 4, F16: 2, BF16: 2, F64: 8 } as const;

export type FloatFormat = keyof typeof floatBytes;

export function isFloatFormat(name: string): name is FloatFormat {
  return name in floatBytes;
}

/** Little-endian floats of any of these formats as 32-bit floats. */
export function toFloat32(bytes: Uint8Array, format: FloatFormat): Float32Array {
  const data = new Float32Array(bytes.length / floatBytes[format]);
  if (format === "F32") {
    new Uint8Array(data.buffer).set(bytes);
    return data;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === "F64") for (let i = 0; i < data.length; i++) data[i] = view.getFloat64(8 * i, true);
  else if (format === "F16") for (let i = 0; i < data.length; i++) data[i] = halfToNumber(view.getUint16(2 * i, true));
  else {
    // The upper half of a 32-bit float.
    const words = new Uint32Array(data.buffer);
    for (let i = 0; i < words.length; i++) words[i] = view.getUint16(2 * i, true) << 16;
  }
  return data;
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

import { readFileSync } from "node:fs";

/** What `assembly/` exports, which says what it does. Numbers that end in `At` or stand for matrices are addresses in its memory. */
interface Dense {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  firstFree(): number;
  multiply(
    product: number,
    rows: number,
    width: number,
    a: number,
    aRowStep: number,
    aStep: number,
    b: number,
    inner: number,
  ): void;
  factorize(matrix: number, n: number, width: number): number;
  solve(factor: number, n: number, width: number, right: number, columns: number): void;
  invert(factor: number, n: number, width: number, lower: number, inverse: number): void;
  features(turns: number, rows: number, width: number, amplitude: number, into: number): void;
  pairDistances(points: number, weights: number, dimensions: number, count: number, width: number, distances: number): void;
  pairKernels(distances: number, count: number, width: number, slopes: number): void;
  covariance(kernels: number, count: number, width: number, signal: number, noise: number, matrix: number): void;
  crossKernel(
    products: number,
    points: number,
    pointsWidth: number,
    count: number,
    reads: number,
    width: number,
    dimensions: number,
    norms: number,
    signal: number,
  ): void;
  likelihoodSlopes(
    inverse: number,
    count: number,
    width: number,
    solved: number,
    weights: number,
    targets: number,
    kernels: number,
    slopes: number,
    signal: number,
    points: number,
    dimensions: number,
    result: number,
  ): void;
}

/** The little of it that is used here: Node has it, its types do not. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (binary: Uint8Array) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  };
};

const binary = readFileSync(new URL("../dist/dense.wasm", import.meta.url));
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), { math: { exp: Math.exp, sin: Math.sin } });

/** Dense algebra in WebAssembly, several times as fast as the same loops in JavaScript: it has instructions for two numbers at once. */
export const dense = exports as Dense;

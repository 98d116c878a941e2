/** Of the host, which WebAssembly calls at once: it has no such instructions. */
export declare function exp(x: f64): f64;

export declare function sin(x: f64): f64;

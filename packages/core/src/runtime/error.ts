/** Every error that a user may see has a stable code and says what to do. */
export class TopogenieError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "TopogenieError";
    this.code = code;
  }
}

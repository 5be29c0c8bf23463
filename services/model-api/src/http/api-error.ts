/** A refusal the client is told about as it stands. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly statusCode: number;
  /** Stable machine-readable reason, such as "too_many_pixels". */
  readonly code: string;

  /** @param options a `cause`, if any, is reported as a failure of the service. */
  constructor(statusCode: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.statusCode = statusCode;
    this.code = code;
  }
}

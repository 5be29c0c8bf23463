/** A cluster's API server as far as the commands use it: plain REST below one context. */
export interface ClusterApi {
  /** The kubeconfig context that leads to it. */
  readonly context: string;
  /** Its address. */
  readonly server: string;
  /**
   * The object or list at a path.
   * @throws ApiError when there is none, or no answer.
   */
  get(path: string): Promise<unknown>;
  /**
   * Text at a path, such as a log.
   * @throws ApiError when there is none, or no answer.
   */
  text(path: string): Promise<string>;
  /**
   * Creates an object, or asks a review.
   * @throws ApiError when it is refused.
   */
  post(path: string, body: unknown): Promise<unknown>;
  /**
   * Begins the deletion of what is at a path.
   * @throws ApiError when it is refused or absent.
   */
  remove(path: string): Promise<void>;
}

/** Why the API server did not do what it was asked. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    message: string,
    /** The HTTP status; undefined when no answer came. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** What a request gives, or `instead` where the server answers with one of these statuses. */
export async function unless<T>(
  statuses: readonly number[],
  request: Promise<T>,
  instead: T,
): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ApiError && error.status !== undefined && statuses.includes(error.status))
      return instead;
    throw error;
  }
}

/** There is no such thing. */
export const ABSENT = 404;
/** The user may not ask. */
export const FORBIDDEN = 403;

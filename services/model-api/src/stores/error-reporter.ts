/**
 * Takes a failure that no request waits for: it is logged and counted.
 * @param errorType what failed, such as "cache_connection"; a small fixed set.
 */
export type ErrorReporter = (errorType: string, error: unknown) => void;

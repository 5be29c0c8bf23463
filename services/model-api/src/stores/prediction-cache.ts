/** Remembers answers for a while. Every method rejects when the cache cannot be used. */
export interface PredictionCache {
  get(key: string): Promise<string | undefined>;
  /** Keeps a value for 10 minutes. */
  set(key: string, value: string): Promise<void>;
  ping(): Promise<void>;
  /** Open connections now. */
  connections(): number;
  close(): Promise<void>;
}

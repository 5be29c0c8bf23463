import { type PredictionRecord } from "./prediction-record.js";

/** Keeps predictions for good. Every method rejects when the store cannot be used. */
export interface PredictionStore {
  insert(record: PredictionRecord): Promise<void>;
  ping(): Promise<void>;
  /** Open connections now, idle ones included. */
  connections(): number;
  close(): Promise<void>;
}

import { type PredictionCache } from "../../../../services/model-api/src/stores/prediction-cache.js";
import { type PredictionRecord } from "../../../../services/model-api/src/stores/prediction-record.js";
import { type PredictionStore } from "../../../../services/model-api/src/stores/prediction-store.js";

/** A cache in memory, with its entries open to tests. */
export function fakeCache(overrides: Partial<PredictionCache> = {}) {
  const entries = new Map<string, string>();
  const cache: PredictionCache = {
    get: (key) => Promise.resolve(entries.get(key)),
    set: (key, value) => Promise.resolve(void entries.set(key, value)),
    ping: () => Promise.resolve(),
    connections: () => 1,
    close: () => Promise.resolve(),
    ...overrides,
  };
  return { cache, entries };
}

/** A store in memory, with its records open to tests. */
export function fakeStore(overrides: Partial<PredictionStore> = {}) {
  const records: PredictionRecord[] = [];
  const store: PredictionStore = {
    insert: (record) => Promise.resolve(void records.push(record)),
    ping: () => Promise.resolve(),
    connections: () => 3,
    close: () => Promise.resolve(),
    ...overrides,
  };
  return { store, records };
}

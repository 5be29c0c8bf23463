import type { ApiObject } from "../api-object";

/** What an awaiter looks at. */
export interface View {
  /** The object as it is now. */
  object: ApiObject;
  /** The object as the write answered it: older generations say nothing. */
  written: ApiObject;
  /** The object before an update; undefined after a create and in a read. */
  previous: ApiObject | undefined;
  /** The pods of the namespace. */
  pods: readonly ApiObject[];
  replicaSets: readonly ApiObject[];
  claims: readonly ApiObject[];
  endpoints: readonly ApiObject[];
  storageClasses: readonly ApiObject[];
  /** Whether what surrounds the object has had time to come up: 10 s of waiting, or a read. */
  settled: boolean;
}

/** What an awaiter says of an object. */
export interface Verdict {
  ready: boolean;
  /** Nothing is left to wait for: it will not become ready. */
  failed?: true;
  /** What is wrong, one sentence each; looked at when it is not ready in time. */
  problems: string[];
}

/** Other objects of the namespace that an awaiter looks at. */
export type Related = "pods" | "replicaSets" | "claims" | "endpoints" | "storageClasses";

/** Tells when objects of one kind are ready. */
export interface Judge {
  related: readonly Related[];
  /** Whether a refresh reports an object that is not ready. */
  read: boolean;
  judge(view: View): Verdict;
}

/** The verdict on an object that is ready. */
export const READY: Verdict = { ready: true, problems: [] };

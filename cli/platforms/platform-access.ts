import type { Readable, Writable } from "node:stream";
import type { Obstacle } from "../checks/check";
import type { Diagnosis } from "../doctor/diagnosis";
import type { DeclaredResource } from "../drift/declared-resources";
import type { Finding } from "../drift/finding";
import type { StackState } from "../pulumi/stack-state";

/** Takes a line for the user. */
export type Say = (line: string) => void;

/** A pod or container that runs now. */
export interface RunningWorkload {
  readonly workload: string;
  readonly state: string;
  /** Memory in use without the page cache; undefined where nobody measures it. */
  readonly memoryMiB: number | undefined;
  /** undefined where it is unlimited. */
  readonly limitMiB: number | undefined;
}

/** A container or pod that runs now, by the image in it. */
export interface RunningImage {
  readonly workload: string;
  /** As Pulumi's state names it: by its id on Docker, by its reference in a cluster. */
  readonly image: string;
  /**
   * `repository@sha256:…` of each repository that it was pulled from or pushed to; none for an image
   * that was only built here.
   */
  readonly digests: readonly string[];
  /** When the container or pod was made. */
  readonly since: Date;
}

/** A way from this machine to one container or pod of a workload. */
export interface Way {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  /** What it has logged since. */
  readonly log: (since: Date) => Promise<string>;
  /** Closes the way. */
  readonly close: () => void;
}

/** A program to run inside a container or pod of a workload. */
export interface Execution {
  readonly workload: string;
  readonly command: readonly string[];
  /** What it reads; default nothing. */
  readonly input?: Readable;
  /** Takes what it prints, and stays open; default nobody. */
  readonly output?: Writable;
}

/** What the volumes of a stack hold, as tar archives of the directories they are mounted at. */
export interface VolumeData {
  /**
   * Copies out what a workload's directory holds at one moment; `output` stays open.
   * @throws UserError when the workload is not there.
   */
  copy(workload: string, directory: string, output: Writable): Promise<void>;
  /**
   * Changes nothing.
   * @throws UserError when the directory could not be replaced.
   */
  checkReplaceable(workload: string, directory: string): Promise<void>;
  /**
   * Stops a workload, puts an archive in the place of what its directory holds, and starts it.
   * @throws UserError when that fails, or the workload does not get well with it.
   */
  replace(workload: string, directory: string, archive: Readable): Promise<void>;
}

/** Follows what an update does until it is ended. */
export interface UpdateWatch {
  /** Seconds from start to well, by workload; only of those that started meanwhile. */
  readonly secondsToWell: ReadonlyMap<string, number>;
  /** Aborted, with a UserError as its reason, once the update cannot succeed any more. */
  readonly hopeless: AbortSignal;
  /** Stops following. */
  end(): void;
}

/** What a user may ask of the checks before an update. */
export interface UpdateOptions {
  /** Do not try out whether the cluster's network policies hold. */
  readonly skipNetworkProbe?: boolean;
}

/** What the commands need of the place where one stack's workloads run. */
export interface PlatformAccess {
  /** What this platform calls a workload that is well: `healthy`, `ready`. */
  readonly wellWord: string;
  /** Is there a platform that answers? Enough to take a stack down. */
  checkAnswers(): Promise<Obstacle[]>;
  /** What the platform itself is like, once it answers: versions, limits, space, clock. */
  diagnose(): Promise<Diagnosis[]>;
  /** Everything that would keep an update from working, found without changing anything. */
  checkUpdate(): Promise<Obstacle[]>;
  /** What does not stop an update but weakens it; asked once nothing is in the way. */
  warnings(options: UpdateOptions): Promise<string[]>;
  /**
   * Removes what an interrupted update left behind and Pulumi does not know; never data.
   * @throws UserError when it cannot be told apart from what somebody else put there.
   */
  clearLeftovers(state: StackState, say: Say): Promise<void>;
  /** What an interrupted update left behind, each in words; changes nothing. */
  leftovers(state: StackState): Promise<string[]>;
  /** What is there otherwise than declared and no provider reads back; changes nothing. */
  drift(declared: readonly DeclaredResource[]): Promise<Finding[]>;
  /** Begins to follow an update; `say` is told of each problem once, as it appears. */
  watchUpdate(say: Say): Promise<UpdateWatch>;
  /** What runs now, by workload. */
  running(): Promise<RunningWorkload[]>;
  /** The images in what runs now, one for each container or pod. */
  runningImages(): Promise<RunningImage[]>;
  /**
   * Opens a way to a port of each container or pod of a workload.
   * @throws UserError when none runs, or there is no way in.
   */
  reach(workload: string, port: number): Promise<Way[]>;
  /**
   * Runs a program inside a workload to its end.
   * @throws UserError when none runs, or with what it complained about when it fails.
   */
  execute(execution: Execution): Promise<void>;
  /** Absent where volumes are copied by the platform's own means, such as snapshots. */
  readonly volumeData?: VolumeData;
  /** What holds the stack's data, in words; empty when there is none. */
  keptData(): Promise<string[]>;
  /** Deletes all of it for good, once the stack is down. */
  deleteData(say: Say): Promise<void>;
}

import type { StackIdentity } from "../../../model/stack-identity";
import type { Say, UpdateWatch } from "../../platforms/platform-access";
import { UserError } from "../../user-error";
import { ApiError, type ClusterApi, unless } from "../api/cluster-api";
import { withQuery } from "../api/kinds";
import { isTrue, type Pod, stackPods, workloadOfPod } from "../pods";
import { warnings } from "./events";
import { podProblems, type PodProblem, warningProblems } from "./pod-problems";

const LOOK_EVERY_MS = 2000;
/** Shorter is normal while claims are bound and Secrets are on their way. */
const SETTLE_MS = 4000;
const HOPELESS_AFTER_MS = 60_000;
const LOG_LINES = 10;
const BAD_REQUEST = 400;

/** What is followed, and for whom. */
export interface PodWatchArgs {
  readonly api: ClusterApi;
  readonly stack: StackIdentity;
  readonly namespaces: readonly string[];
  /** The images that the update deploys: only their failure makes it hopeless. */
  readonly images: ReadonlySet<string>;
  /** Told of each problem once. */
  readonly say: Say;
}

/**
 * Looks at a stack's pods again and again while an update runs. Pulumi itself waits for its whole
 * time limit on a pod that cannot become ready, and then says little.
 */
export class PodWatch implements UpdateWatch {
  private readonly seconds = new Map<string, number>();
  private readonly told = new Set<string>();
  private readonly since = new Map<string, number>();
  private readonly hopelessness = new AbortController();
  private earlier: {
    readonly pods: ReadonlySet<string>;
    readonly warnings: ReadonlyMap<string, number>;
  } = { pods: new Set(), warnings: new Map() };
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(private readonly args: PodWatchArgs) {}

  /** Notes what is there already, then looks every two seconds. */
  static async begin(args: PodWatchArgs): Promise<PodWatch> {
    const watch = new PodWatch(args);
    await watch.remember();
    watch.lookLater();
    return watch;
  }

  get secondsToWell(): ReadonlyMap<string, number> {
    return this.seconds;
  }

  get hopeless(): AbortSignal {
    return this.hopelessness.signal;
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  /** Takes what is there now for older than the update. */
  async remember(): Promise<void> {
    const { api, stack, namespaces } = this.args;
    const pods = await stackPods(api, stack, namespaces);
    const told = await warnings(api, namespaces);
    this.earlier = {
      pods: new Set(pods.map(({ metadata }) => metadata.uid)),
      warnings: new Map(told.map(({ metadata, count }) => [metadata.uid, count ?? 1])),
    };
  }

  /** Looks once, at a time in milliseconds. */
  async look(now: number): Promise<void> {
    const { api, stack, namespaces } = this.args;
    const pods = await stackPods(api, stack, namespaces);
    this.noteTimes(pods.filter(({ metadata }) => !this.earlier.pods.has(metadata.uid)));
    const fresh = (await warnings(api, namespaces)).filter(
      ({ metadata, count }) => (count ?? 1) > (this.earlier.warnings.get(metadata.uid) ?? 0),
    );
    const problems = [...podProblems(pods), ...warningProblems(fresh, pods)];
    const keys = new Set(problems.map(({ key }) => key));
    for (const key of this.since.keys()) if (!keys.has(key)) this.since.delete(key);
    for (const problem of problems) await this.note(problem, now);
  }

  private noteTimes(pods: readonly Pod[]): void {
    for (const pod of pods.filter((entry) => isTrue(entry, "Ready"))) {
      const ready = pod.status.conditions.find(({ type }) => type === "Ready")?.lastTransitionTime;
      if (typeof ready !== "string") continue;
      const took = (Date.parse(ready) - Date.parse(pod.metadata.creationTimestamp)) / 1000;
      const workload = workloadOfPod(pod);
      // Of several replicas the slowest counts.
      this.seconds.set(workload, Math.max(took, this.seconds.get(workload) ?? 0));
    }
  }

  private async note(problem: PodProblem, now: number): Promise<void> {
    const since = this.since.get(problem.key) ?? now;
    this.since.set(problem.key, since);
    const settles = problem.kind === "unschedulable" || problem.kind === "mount";
    if (!this.told.has(problem.key) && (!settles || now - since >= SETTLE_MS)) {
      this.told.add(problem.key);
      this.args.say(`${problem.message}${await this.lastWords(problem)}`);
    }
    const { image } = problem;
    if (image === undefined || !this.args.images.has(image)) return;
    if (now - since < HOPELESS_AFTER_MS || this.hopeless.aborted) return;
    const reason = `The update was stopped, since for ${HOPELESS_AFTER_MS / 1000} s an image could not be pulled. ${problem.message}\nCorrect the image's name in the stack file, push it, or give the cluster access (whalewatch:kubernetes.imagePullSecrets); then run this again.`;
    this.hopelessness.abort(new UserError(reason));
  }

  private async lastWords({ logOf }: PodProblem): Promise<string> {
    if (logOf === undefined) return "";
    const { name, namespace } = logOf.pod.metadata;
    const path = withQuery(`/api/v1/namespaces/${namespace}/pods/${name}/log`, {
      container: logOf.container,
      previous: String(logOf.previous),
      tailLines: String(LOG_LINES),
    });
    // The log of an earlier run may be gone already.
    const log = (await unless([BAD_REQUEST, 403, 404], this.args.api.text(path), "")).trimEnd();
    if (log === "") return "; it wrote no log";
    return `; its last lines:\n${log.replace(/^/gm, "    | ")}`;
  }

  private lookLater(): void {
    this.timer = setTimeout(() => {
      this.look(Date.now())
        .catch((error: unknown) => {
          // Watching is a courtesy: an API server that is away for a moment must not end the update.
          if (error instanceof ApiError) return;
          this.end();
          const reason = error instanceof Error ? error.message : String(error);
          this.args.say(`The pods cannot be followed any more: ${reason}`);
        })
        .finally(() => {
          if (!this.ended) this.lookLater();
        });
    }, LOOK_EVERY_MS);
  }
}

import {
  conditionOf,
  holds,
  isOwnedBy,
  listAt,
  nameOf,
  namespaceOf,
  numberAt,
  objectAt,
  textAt,
  type ApiObject,
} from "../api-object";
import { READY, type Judge } from "./judge";

/** Pods are ready when they are scheduled and their containers are ready, or have succeeded. */
export const podJudge: Judge = {
  related: [],
  read: true,
  judge({ object }) {
    const done = holds(object, "Ready") || textAt(object, "status", "phase") === "Succeeded";
    return done && holds(object, "PodScheduled")
      ? READY
      : { ready: false, problems: podProblems([object]) };
  },
};

/** What keeps the pods of an owner from being ready. */
export function problemsOfOwned(
  pods: readonly ApiObject[],
  owner: ApiObject | undefined,
): string[] {
  return podProblems(pods.filter((pod) => isOwnedBy(pod, owner)));
}

/** What keeps pods from being ready, such as an image that cannot be pulled. */
export function podProblems(pods: readonly ApiObject[]): string[] {
  return pods.flatMap((pod) => {
    if (textAt(pod, "status", "phase") === "Succeeded") return [];
    for (const type of ["PodScheduled", "Initialized", "Ready"]) {
      const condition = conditionOf(pod, type);
      if (condition === undefined || condition["status"] === "True") continue;
      const containers = ["initContainerStatuses", "containerStatuses"].flatMap((name) =>
        listAt(pod, "status", name).flatMap(containerProblems),
      );
      const text = [textAt(condition, "message"), ...containers].filter(Boolean).join(" -- ");
      if (text !== "") return [`[Pod ${fullName(pod)}]: ${text}`];
    }
    return [];
  });
}

function containerProblems(status: ApiObject): string[] {
  if (status["ready"] === true) return [];
  const problems: string[] = [];
  const waiting = objectAt(status, "state", "waiting");
  const reason = textAt(waiting, "reason");
  if (reason !== "" && reason !== "ContainerCreating" && reason !== "PodInitializing") {
    problems.push(`[${reason}] ${textAt(waiting, "message")}`.trim());
  }
  const ended = objectAt(status, "state", "terminated");
  const why = textAt(ended, "reason");
  if (textAt(ended, "message") !== "") problems.push(`[${why}] ${textAt(ended, "message")}`);
  else if (why !== "" && why !== "Completed") {
    const code = numberAt(ended, "exitCode");
    problems.push(`container "${textAt(status, "name")}" completed with exit code ${code}`);
  }
  const last = objectAt(status, "lastState", "terminated");
  if (textAt(last, "reason") !== "") {
    const code = `(${textAt(last, "reason")}: exit code ${numberAt(last, "exitCode")})`;
    const when = textAt(last, "finishedAt");
    problems.push(`container "${textAt(status, "name")}" terminated at ${when} ${code}`);
  }
  return problems;
}

function fullName(pod: ApiObject): string {
  const namespace = namespaceOf(pod);
  return namespace === "" || namespace === "default" ? nameOf(pod) : `${namespace}/${nameOf(pod)}`;
}

import {
  annotationOf,
  at,
  conditionOf,
  holds,
  isOwnedBy,
  listAt,
  nameOf,
  numberAt,
  textAt,
  type ApiObject,
} from "../api-object";
import { READY, type Judge, type View } from "./judge";
import { problemsOfOwned } from "./pod";

const REVISION = "deployment.kubernetes.io/revision";

/** Deployments are ready when the replicas of their newest revision are, and their claims are bound. */
export const deploymentJudge: Judge = {
  related: ["pods", "replicaSets", "claims"],
  read: true,
  judge(view) {
    const { object, replicaSets } = view;
    const revision = annotationOf(object, REVISION);
    const newest = replicaSets.find(
      (each) => isOwnedBy(each, object) && annotationOf(each, REVISION) === revision,
    );
    const unbound = unboundClaims(view);
    const rolledOut = revision === "1" || isProgressed(object);
    const observed =
      numberAt(object, "status", "observedGeneration") >=
      numberAt(object, "metadata", "generation");
    if (
      observed &&
      rolledOut &&
      holds(object, "Available") &&
      replicasReady(newest) &&
      unbound.length === 0
    ) {
      return READY;
    }
    const problems = [
      ...conditionProblems(object),
      ...(unbound.length > 0
        ? [`Failed to bind PersistentVolumeClaim(s): "${unbound.join(",")}"`]
        : []),
      ...(replicasReady(newest)
        ? []
        : ["Minimum number of Pods to consider the application live was not attained"]),
      ...problemsOfOwned(view.pods, newest),
    ];
    return { ready: false, problems };
  },
};

function isProgressed(object: ApiObject): boolean {
  const reason = textAt(conditionOf(object, "Progressing"), "reason");
  return holds(object, "Progressing") && reason === "NewReplicaSetAvailable";
}

function replicasReady(replicaSet: ApiObject | undefined): boolean {
  if (replicaSet === undefined) return false;
  const wanted = at(replicaSet, "spec", "replicas") ?? 1;
  return numberAt(replicaSet, "status", "readyReplicas") >= Number(wanted);
}

function unboundClaims({ object, claims }: View): string[] {
  const used = listAt(object, "spec", "template", "spec", "volumes").map((volume) =>
    textAt(volume, "persistentVolumeClaim", "claimName"),
  );
  return claims
    .filter((claim) => used.includes(nameOf(claim)))
    .filter((claim) => textAt(claim, "status", "phase") !== "Bound")
    .map(nameOf);
}

function conditionProblems(object: ApiObject): string[] {
  return ["Progressing", "Available"].flatMap((type) => {
    const condition = conditionOf(object, type);
    if (condition === undefined || condition["status"] === "True") return [];
    return [`[${textAt(condition, "reason")}] ${textAt(condition, "message")}`];
  });
}

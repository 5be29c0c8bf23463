import { numberAt, textAt } from "../api-object";
import { READY, type Judge } from "./judge";
import { problemsOfOwned } from "./pod";

/** StatefulSets are ready when all their replicas are, in the newest revision. */
export const statefulSetJudge: Judge = {
  related: ["pods"],
  read: true,
  judge({ object, pods }) {
    const count = (name: string): number => numberAt(object, "status", name);
    const generation = numberAt(object, "metadata", "generation");
    const wanted = numberAt(object, "spec", "replicas");
    const [current, target] = ["currentRevision", "updateRevision"].map((name) =>
      textAt(object, "status", name),
    );
    const observed = count("observedGeneration") >= generation;
    const byHand =
      generation > 1 && textAt(object, "spec", "updateStrategy", "type") === "OnDelete";
    const replicas =
      observed &&
      wanted === count("replicas") &&
      wanted === count("readyReplicas") &&
      (byHand || wanted === count("currentReplicas"));
    const revision = observed && (byHand || (current !== "" && current === target));
    if (replicas && revision) return READY;
    const ready = revision
      ? count("readyReplicas")
      : Math.min(count("readyReplicas"), count("updatedReplicas"));
    const problems = [
      ...(replicas ? [] : [`${ready} out of ${wanted} replicas succeeded readiness checks`]),
      ...(revision
        ? []
        : [
            "StatefulSet controller failed to advance from revision " +
              `"${current ?? ""}" to revision "${target ?? ""}"`,
          ]),
      ...problemsOfOwned(pods, object),
    ];
    return { ready: false, problems };
  },
};

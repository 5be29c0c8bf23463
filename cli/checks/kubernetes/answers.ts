import { ApiError, type ClusterApi } from "../../kubernetes/api/cluster-api";
import type { Obstacle } from "../check";

const UNAUTHORIZED = 401;

/** Does the cluster answer, and know the user? */
export async function checkAnswers(api: ClusterApi): Promise<Obstacle[]> {
  try {
    // Open to every user that the cluster knows, and to nobody else.
    await api.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectAccessReview",
      spec: { nonResourceAttributes: { path: "/version", verb: "get" } },
    });
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { context, server } = api;
    if (error.status === UNAUTHORIZED) {
      return [
        {
          problem: `The cluster at ${server} does not accept the credentials of the context ${context}: ${error.message}`,
          remedy: `Log in to the cluster again, then try: kubectl --context ${context} auth whoami`,
        },
      ];
    }
    return [
      {
        problem: `No cluster answers at ${server} (context ${context}): ${error.message}`,
        remedy: `Start the cluster or the VPN to it, then try: kubectl --context ${context} version`,
      },
    ];
  }
}

import type { Stack } from "../../model/stack";
import type { Obstacle } from "../checks/check";
import { checkAnswers } from "../checks/kubernetes/answers";
import { checkCapacity } from "../checks/kubernetes/capacity";
import { checkCustomKinds } from "../checks/kubernetes/custom-kinds";
import { missingSecrets } from "../checks/kubernetes/named-secrets";
import { checkNames } from "../checks/kubernetes/names";
import { checkNamespaces } from "../checks/kubernetes/namespaces";
import { checkOperatorSelectors } from "../checks/kubernetes/operator-selectors";
import { checkPermissions } from "../checks/kubernetes/permissions";
import { checkRunningPostgres } from "../checks/kubernetes/postgres-major";
import { checkQuotas } from "../checks/kubernetes/quotas";
import { checkStorageClass } from "../checks/kubernetes/storage";
import type { PlatformAccess } from "../platforms/platform-access";
import { UserError } from "../user-error";
import { diagnoseCluster } from "../doctor/cluster";
import { clusterDrift } from "../drift/kubernetes/cluster-drift";
import { ApiError, type ClusterApi } from "./api/cluster-api";
import { connectTo, type Connection } from "./connection";
import { executeInPod } from "./execute";
import { deleteNamespaces, describeKept, keptNamespaces } from "./kept-data";
import { clearClusterLeftovers, clusterLeftovers } from "./leftovers";
import { networkWarnings } from "./probe/network-warning";
import { RememberedVerdicts } from "./probe/remembered-verdicts";
import { reachPods } from "./reach";
import { runningImages } from "./running-images";
import { runningPods } from "./running-pods";
import { stackNamespaces, stackObjects } from "./stack-objects";
import { PodWatch } from "./watch/pod-watch";

/** A cluster as the place of a stack: the one that its pinned context leads to. */
export function kubernetesAccess(
  stack: Stack,
  stateFolder: string,
  connection: Connection = connectTo(stack),
): PlatformAccess {
  const cluster = (): ClusterApi => {
    if ("api" in connection) return connection.api;
    const [{ problem, remedy }] = connection.obstacles;
    throw new UserError(`${problem} ${remedy}`);
  };
  const namespaces = (): string[] => stackNamespaces(stack);
  const run = <T>(work: (api: ClusterApi) => Promise<T>): Promise<T> => told(cluster(), work);
  return {
    wellWord: "ready",
    checkAnswers: async () =>
      "api" in connection ? checkAnswers(connection.api) : [...connection.obstacles],
    diagnose: () => run(diagnoseCluster),
    checkUpdate: () => checkUpdate(stack, connection),
    warnings: ({ skipNetworkProbe }) => {
      const { controllers } = stackObjects(stack);
      const verdicts = new RememberedVerdicts(stateFolder);
      return run(async (api) => [
        ...(await missingSecrets(api, stack)),
        ...(skipNetworkProbe === true ? [] : await networkWarnings({ api, controllers, verdicts })),
      ]);
    },
    clearLeftovers: (state, say) => run((api) => clearClusterLeftovers(api, stack, state, say)),
    leftovers: (state) => run((api) => clusterLeftovers(api, stack, state)),
    drift: (declared) => run((api) => clusterDrift(api, stack, declared)),
    watchUpdate: (say) => {
      const { controllers } = stackObjects(stack);
      const images = new Set(
        controllers.flatMap(({ spec }) => spec.template.spec.containers.map(({ image }) => image)),
      );
      return run((api) => PodWatch.begin({ api, stack, namespaces: namespaces(), images, say }));
    },
    running: () => run((api) => runningPods(api, stack, namespaces())),
    runningImages: () => run((api) => runningImages(api, stack, namespaces())),
    reach: (workload, port) =>
      run((api) => reachPods(api, stack, namespaces(), { workload, port })),
    execute: (execution) => run((api) => executeInPod(api, stack, namespaces(), execution)),
    keptData: () => run(async (api) => (await keptNamespaces(api, stack)).map(describeKept)),
    deleteData: (say) => run((api) => deleteNamespaces(api, stack, say)),
  };
}

/** Does what is asked of a cluster; its refusals are the user's to read, not faults of the program. */
async function told<T>(api: ClusterApi, work: (api: ClusterApi) => Promise<T>): Promise<T> {
  try {
    return await work(api);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new UserError(
      `The cluster at ${api.server} (context ${api.context}) did not do what was asked: ${error.message}`,
    );
  }
}

/** The model's own problems, then the way to the cluster, then what only the cluster can tell. */
async function checkUpdate(stack: Stack, connection: Connection): Promise<Obstacle[]> {
  const names = checkNames(stack);
  const ofModel = "obstacles" in names ? names.obstacles : [];
  if (!("api" in connection)) return [...ofModel, ...connection.obstacles];
  const { api } = connection;
  const silence = await checkAnswers(api);
  if (silence.length > 0 || "obstacles" in names) return [...ofModel, ...silence];
  const { objects, controllers, namespaces } = names.objects;
  return told(api, async () => {
    const found = await Promise.all([
      checkNamespaces(api, namespaces),
      checkPermissions(api, objects),
      checkCustomKinds(api, objects),
      checkOperatorSelectors(api, stack, objects),
      checkStorageClass(api, stack),
      checkRunningPostgres(api, stack),
      checkQuotas(api, controllers, objects),
      checkCapacity(api, controllers, namespaces),
    ]);
    return found.flat();
  });
}

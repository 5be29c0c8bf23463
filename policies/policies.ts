import type { Policy } from "./policy";
import { alertsMustBeRouted } from "./rules/alerts-must-be-routed";
import { configMapsMustFit } from "./rules/config-maps-must-fit";
import { containersMustHaveAReadOnlyRoot } from "./rules/containers-must-have-a-read-only-root";
import { containersMustHaveLimits } from "./rules/containers-must-have-limits";
import { containersMustNotBePrivileged } from "./rules/containers-must-not-be-privileged";
import { containersMustNotMountTheHost } from "./rules/containers-must-not-mount-the-host";
import { containersMustNotRunAsRoot } from "./rules/containers-must-not-run-as-root";
import { containersMustNotShareTheHost } from "./rules/containers-must-not-share-the-host";
import { dataMustBeProtected } from "./rules/data-must-be-protected";
import { imagesMustBePinned } from "./rules/images-must-be-pinned";
import { imagesMustComeFromAllowedRegistries } from "./rules/images-must-come-from-allowed-registries";
import { memoryMustFitTheHost } from "./rules/memory-must-fit-the-host";
import { metricsMustFitTheirVolume } from "./rules/metrics-must-fit-their-volume";
import { namespacesMustDenyConnections } from "./rules/namespaces-must-deny-connections";
import { namespacesMustRestrictPods } from "./rules/namespaces-must-restrict-pods";
import { portsMustStayOnLoopback } from "./rules/ports-must-stay-on-loopback";
import { productionLinksMustOpen } from "./rules/production-links-must-open";
import { productionMustHaveReplicas } from "./rules/production-must-have-replicas";
import { productionMustPinDigests } from "./rules/production-must-pin-digests";
import { productionMustTellSomebody } from "./rules/production-must-tell-somebody";
import { secretsMustNotBeShown } from "./rules/secrets-must-not-be-shown";
import { storesMustHaveAVolume } from "./rules/stores-must-have-a-volume";
import { storesMustHaveTimeToStop } from "./rules/stores-must-have-time-to-stop";

/** Every policy, in the order in which results name them. */
export const POLICIES: readonly Policy[] = [
  containersMustHaveLimits,
  containersMustNotBePrivileged,
  containersMustNotRunAsRoot,
  containersMustNotShareTheHost,
  containersMustNotMountTheHost,
  containersMustHaveAReadOnlyRoot,
  imagesMustBePinned,
  imagesMustComeFromAllowedRegistries,
  portsMustStayOnLoopback,
  secretsMustNotBeShown,
  storesMustHaveAVolume,
  storesMustHaveTimeToStop,
  dataMustBeProtected,
  memoryMustFitTheHost,
  metricsMustFitTheirVolume,
  namespacesMustDenyConnections,
  namespacesMustRestrictPods,
  configMapsMustFit,
  alertsMustBeRouted,
  productionMustHaveReplicas,
  productionMustPinDigests,
  productionMustTellSomebody,
  productionLinksMustOpen,
];

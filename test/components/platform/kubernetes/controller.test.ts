import assert from "node:assert/strict";
import { test } from "node:test";
import { IMAGES } from "../../../../model/images";
import { clusterStack, theObject } from "../../../support/cluster";
import { workloadOf } from "../../../support/declared-stack";
import { service } from "../../../support/stack-settings";

const stack = clusterStack(
  {
    services: {
      api: service({
        command: ["serve", "--greeting=$(whoami)"],
        env: { LEVEL: "on" },
        limits: { memory: "256Mi", cpu: 0.5 },
        needs: ["cache"],
        publish: 8001,
        replicas: 1,
        secrets: ["token"],
      }),
      cache: service({
        image: "example/cache:2.0.0",
        port: 7000,
        volumes: { data: { path: "/var/cache", storage: "2Gi" } },
        stopGrace: "90s",
        user: "70:71",
        healthCommand: ["check", "--quick"],
      }),
    },
  },
  ["token"],
);

const labels = (name: string, component: string) => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/instance": "whalewatch-test",
  "app.kubernetes.io/component": component,
  "app.kubernetes.io/part-of": "whalewatch",
  "app.kubernetes.io/managed-by": "whalewatch",
});
const selector = (name: string) => ({
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/instance": "whalewatch-test",
});
const podSecurity = (uid: number, gid: number) => ({
  runAsNonRoot: true,
  runAsUser: uid,
  runAsGroup: gid,
  fsGroup: gid,
  fsGroupChangePolicy: "OnRootMismatch",
  seccompProfile: { type: "RuntimeDefault" },
});
const containerSecurity = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
/** Five seconds in which others learn that the pod goes. */
const lifecycle = { preStop: { sleep: { seconds: 5 } } };
const probes = (question: object, port: number, failureThreshold = 300) => ({
  startupProbe: { ...question, timeoutSeconds: 5, periodSeconds: 2, failureThreshold },
  readinessProbe: { ...question, timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 3 },
  livenessProbe: { tcpSocket: { port }, timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 6 },
});

test("a service is a Deployment, to the last field", () => {
  assert.deepEqual(theObject(stack, "Deployment", "api").plain, {
    kind: "Deployment",
    apiVersion: "apps/v1",
    metadata: {
      name: "api",
      namespace: "whalewatch-test-services",
      labels: labels("api", "service"),
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: selector("api") },
      revisionHistoryLimit: 3,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: labels("api", "service") },
        spec: {
          serviceAccountName: "api",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 35,
          securityContext: podSecurity(1000, 1000),
          containers: [
            {
              name: "api",
              image: "example/api:1.0.0",
              imagePullPolicy: "IfNotPresent",
              args: ["serve", "--greeting=$$(whoami)"],
              env: [
                { name: "CACHE_URL", value: "http://cache:7000" },
                { name: "TOKEN_FILE", value: "/run/secrets/token" },
                { name: "LEVEL", value: "on" },
              ],
              ports: [{ name: "tcp-8000", containerPort: 8000 }],
              resources: {
                requests: { memory: "256Mi", cpu: "100m" },
                limits: { memory: "256Mi", cpu: "500m" },
              },
              securityContext: containerSecurity,
              ...probes({ httpGet: { path: "/health", port: 8000 } }, 8000),
              lifecycle,
              volumeMounts: [
                { name: "files-secrets", mountPath: "/run/secrets", readOnly: true },
                { name: "scratch-tmp", mountPath: "/tmp" },
              ],
            },
          ],
          volumes: [
            { name: "files-secrets", secret: { secretName: "api-secrets", defaultMode: 0o440 } },
            { name: "scratch-tmp", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } },
          ],
        },
      },
    },
  });
});

test("a service with data is a StatefulSet whose claims outlive it, to the last field", () => {
  assert.deepEqual(theObject(stack, "StatefulSet", "cache").plain, {
    kind: "StatefulSet",
    apiVersion: "apps/v1",
    metadata: {
      name: "cache",
      namespace: "whalewatch-test-services",
      labels: labels("cache", "service"),
    },
    spec: {
      replicas: 1,
      serviceName: "cache",
      podManagementPolicy: "Parallel",
      selector: { matchLabels: selector("cache") },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      template: {
        metadata: { labels: labels("cache", "service") },
        spec: {
          serviceAccountName: "cache",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 95,
          securityContext: podSecurity(70, 71),
          containers: [
            {
              name: "cache",
              image: "example/cache:2.0.0",
              imagePullPolicy: "IfNotPresent",
              env: [],
              ports: [{ name: "tcp-7000", containerPort: 7000 }],
              resources: {
                requests: { memory: "64Mi", cpu: "20m" },
                limits: { memory: "64Mi", cpu: "100m" },
              },
              securityContext: containerSecurity,
              ...probes({ exec: { command: ["check", "--quick"] } }, 7000, 1800),
              lifecycle,
              volumeMounts: [
                { name: "data", mountPath: "/var/cache" },
                { name: "scratch-tmp", mountPath: "/tmp" },
              ],
            },
          ],
          volumes: [{ name: "scratch-tmp", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } }],
        },
      },
      volumeClaimTemplates: [
        {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          metadata: { name: "data", labels: selector("cache") },
          spec: {
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: "2048Mi" } },
          },
        },
      ],
    },
  });
});

test("node-exporter is a DaemonSet on every node, to the last field", () => {
  const { command } = workloadOf(stack, "node-exporter");
  assert.deepEqual(theObject(stack, "DaemonSet", "node-exporter").plain, {
    kind: "DaemonSet",
    apiVersion: "apps/v1",
    metadata: {
      name: "node-exporter",
      namespace: "whalewatch-test-host",
      labels: labels("node-exporter", "exporter"),
    },
    spec: {
      selector: { matchLabels: selector("node-exporter") },
      template: {
        metadata: { labels: labels("node-exporter", "exporter") },
        spec: {
          serviceAccountName: "node-exporter",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 30,
          securityContext: podSecurity(65534, 65534),
          tolerations: [{ operator: "Exists", effect: "NoSchedule" }],
          containers: [
            {
              name: "node-exporter",
              image: IMAGES.nodeExporter,
              imagePullPolicy: "IfNotPresent",
              // The regular expression ends in `$|`, which nothing expands.
              args: command,
              env: [],
              ports: [{ name: "tcp-9100", containerPort: 9100 }],
              resources: {
                requests: { memory: "64Mi", cpu: "20m" },
                limits: { memory: "64Mi", cpu: "100m" },
              },
              securityContext: containerSecurity,
              ...probes({ httpGet: { path: "/", port: 9100 } }, 9100),
              volumeMounts: [{ name: "host-root", mountPath: "/host", readOnly: true }],
            },
          ],
          volumes: [{ name: "host-root", hostPath: { path: "/" } }],
        },
      },
    },
  });
});

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as k8s from "@pulumi/kubernetes";

// A small stack on a cluster, whose shape the self-test changes through the environment.
const knob = (name: string, otherwise: string): string =>
  process.env[`SELFTEST_${name}`] ?? otherwise;
const image = knob("IMAGE", "redis");
const content = knob("CONTENT", "maxmemory 8mb\n");
const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);

const space = new k8s.core.v1.Namespace(
  "space",
  {
    metadata: {
      name: knob("PREFIX", "whalewatch-selftest"),
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    },
  },
  { retainOnDelete: knob("RETAIN", "no") === "yes" },
);
const namespace = space.metadata.name;

const config = new k8s.core.v1.ConfigMap("config", {
  metadata: { name: `config-${hash}`, namespace },
  immutable: true,
  data: { "redis.conf": content },
});

const password = new k8s.core.v1.Secret("password", {
  metadata: { namespace },
  stringData: { text: knob("PASSWORD", "correct horse battery") },
});

new k8s.core.v1.ConfigMap("fixed", {
  metadata: { name: "fixed", namespace },
  data: { text: knob("FIXED", "one") },
});

const explicit = new k8s.Provider("explicit", {
  kubeconfig: readFileSync(knob("KUBECONFIG", ""), "utf8"),
  namespace: "default",
});
export const ambient = new k8s.core.v1.ConfigMap("ambient", { data: {} }, { provider: explicit })
  .id;

/** A pod that the restricted policy admits. */
function podTemplate(
  app: string,
  args: string[],
  more: { image?: string; mounts?: k8s.types.input.core.v1.VolumeMount[] } = {},
): k8s.types.input.core.v1.PodTemplateSpec {
  return {
    metadata: { labels: { app } },
    spec: {
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 999,
        fsGroup: 999,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: app,
          image: more.image ?? image,
          imagePullPolicy: "IfNotPresent",
          command: ["redis-server"],
          args,
          ports: [{ containerPort: 6379 }],
          readinessProbe: { tcpSocket: { port: 6379 }, periodSeconds: 1 },
          resources: { requests: { cpu: "0.01", memory: "16Mi" }, limits: { memory: "0.0625Gi" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
          volumeMounts: more.mounts ?? [],
        },
      ],
      volumes: [
        { name: "config", configMap: { name: config.metadata.name } },
        { name: "password", secret: { secretName: password.metadata.name } },
      ],
    },
  };
}

const headless = new k8s.core.v1.Service("store", {
  metadata: { name: "store", namespace },
  spec: { clusterIP: "None", selector: { app: "store" }, ports: [{ port: 6379 }] },
});

new k8s.networking.v1.NetworkPolicy("store", {
  metadata: { name: "store", namespace },
  spec: { podSelector: { matchLabels: { app: "store" } }, policyTypes: ["Ingress"], ingress: [{}] },
});

new k8s.apps.v1.StatefulSet(
  "store",
  {
    metadata: { name: "store", namespace },
    spec: {
      serviceName: headless.metadata.name,
      replicas: 1,
      selector: { matchLabels: { app: "store" } },
      template: podTemplate("store", ["/config/redis.conf", "--dir", "/data"], {
        mounts: [
          { name: "config", mountPath: "/config", readOnly: true },
          { name: "data", mountPath: "/data" },
        ],
      }),
      volumeClaimTemplates: [
        {
          metadata: { name: "data" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "16Mi" } } },
        },
      ],
    },
  },
  { customTimeouts: { create: "60s", update: "60s" } },
);

const web = new k8s.apps.v1.Deployment(
  "web",
  {
    metadata: { namespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: "web" } },
      template: podTemplate("web", ["--save", ""], { image: knob("WEB_IMAGE", image) }),
    },
  },
  { customTimeouts: { create: "60s", update: knob("UPDATE", "60s") } },
);
export const deployment = web.metadata.name;

new k8s.core.v1.Service("web", {
  metadata: { namespace },
  spec: { selector: { app: "web" }, ports: [{ port: 6379 }] },
});

new k8s.policy.v1.PodDisruptionBudget("web", {
  metadata: { namespace },
  spec: { maxUnavailable: 1, selector: { matchLabels: { app: "web" } } },
});

new k8s.batch.v1.CronJob("nightly", {
  metadata: { namespace },
  spec: {
    schedule: "0 3 * * *",
    concurrencyPolicy: "Forbid",
    jobTemplate: {
      spec: { template: { ...podTemplate("nightly", ["--version"]), spec: nightlySpec() } },
    },
  },
});

function nightlySpec(): k8s.types.input.core.v1.PodSpec {
  return {
    restartPolicy: "Never",
    containers: [{ name: "nightly", image, command: ["redis-server", "--version"] }],
  };
}

/** A ConfigMap whose name is taken, made only when the self-test asks for it. */
if (knob("TAKEN", "no") === "yes") {
  new k8s.core.v1.ConfigMap("taken", { metadata: { name: "taken", namespace }, data: {} });
}

/** The label of the namespaces that a probe makes for itself. */
export const PROBE_LABEL = { "whalewatch.dev/probe": "network" };
/** The pod that is connected to, and the one that connects. */
export const SERVER = "server";
export const CLIENT = "client";

const PORT = 9999;
/** Should the command be killed, the pods end by themselves. */
const POD_SECONDS = 120;
const NOBODY = 65534;

/** A namespace that is closed to privileged pods like those of the stack. */
export function probeNamespace(name: string): unknown {
  const labels = { ...PROBE_LABEL, "pod-security.kubernetes.io/enforce": "restricted" };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** Closes every pod of the namespace both ways. */
export function denyEverything(namespace: string): unknown {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "deny-all", namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}

/** Answers every connection with a word. */
export function serverPod(namespace: string, image: string): unknown {
  return pod(SERVER, namespace, image, `while :; do echo open | nc -l -p ${PORT}; done`);
}

/** Tries to connect each second and writes a line each time: open or closed. */
export function clientPod(namespace: string, image: string, address: string): unknown {
  const ask = `[ "$(timeout 2 nc -w 1 ${address} ${PORT} </dev/null)" = open ]`;
  const line = `while :; do if ${ask}; then echo open; else echo closed; fi; sleep 1; done`;
  return pod(CLIENT, namespace, image, line);
}

function pod(name: string, namespace: string, image: string, line: string): unknown {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace },
    spec: {
      restartPolicy: "Never",
      activeDeadlineSeconds: POD_SECONDS,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: NOBODY,
        runAsGroup: NOBODY,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name,
          image,
          imagePullPolicy: "IfNotPresent",
          // An image without netcat ends at once.
          command: ["sh", "-c", `command -v nc >/dev/null || exit 1; ${line}`],
          resources: {
            requests: { memory: "16Mi", cpu: "10m" },
            limits: { memory: "16Mi", cpu: "100m" },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  };
}

import { UNKNOWN } from "../../../policies/field";
import { secretsMustNotBeShown } from "../../../policies/rules/secrets-must-not-be-shown";
import { checkPolicy } from "../../support/policy-cases";
import {
  controller,
  dockerContainer,
  dockerVolume,
  object,
  resource,
} from "../../support/policy-resources";

const TOKEN = `ghp_${"a1B2".repeat(9)}`;
const RANDOM = "Zk3qN8vT1xRw6LbY0dMe";
const own = { secrets: [{ label: "secrets:smtp", value: "correct horse" }] };
const DOCKER = "Container 'api-container'";
const POD = "Container 'api' of Deployment 'api-deployment'";
const env = (...envs: string[]) => dockerContainer({ envs });
const configMap = (data: object) => object("core/v1:ConfigMap", "api-config-configmap", { data });
const outputs = (values: object) =>
  resource("pulumi:pulumi:Stack", "whalewatch-try", { ...values });

checkPolicy(secretsMustNotBeShown, {
  passes: [
    {
      title: "settings, and the path of a secret's file",
      resources: [
        env(
          "LOG_LEVEL=info",
          "POSTGRES_PASSWORD_FILE=/run/secrets/postgres-app",
          "GF_DATABASE_PASSWORD__FILE=/x",
        ),
        controller("Deployment", {
          container: {
            args: ["--storage.tsdb.path=/prometheus"],
            env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "api", key: "token" } } }],
          },
        }),
      ],
    },
    {
      title: "long words that are no secrets: a digest, an address, a path",
      resources: [
        env(
          `DIGEST=sha256:${"0123456789abcdef".repeat(4)}`,
          "PEER=http://efficientnet-v1.whalewatch-prod-services.svc.cluster.local:8000",
          "RULES=/etc/prometheus/rules/ServicesAndObjectives2026.yaml",
        ),
      ],
    },
    {
      title: "an output that is marked, and one that shows nothing",
      resources: [outputs({ password: UNKNOWN, urls: { api: "http://127.0.0.1:8001" } })],
    },
    {
      title: "what a file holds, where it is marked as secret: a Secret, an upload",
      resources: [
        object("core/v1:Secret", "api-secret", { stringData: { token: TOKEN } }),
        dockerContainer({ uploads: [{ file: "/run/secrets/token", content: TOKEN }] }),
      ],
    },
  ],
  fails: [
    {
      title: "a known format in a variable",
      resources: [
        env(`ANSWER=${TOKEN}`, "DATABASE=postgres://app:hunter2@db:5432/app"),
        controller("Deployment", { container: { env: [{ name: "ANSWER", value: TOKEN }] } }),
      ],
      messages: [
        `The env ANSWER of ${DOCKER} shows a GitHub token.`,
        `The env DATABASE of ${DOCKER} shows a URL with a password.`,
        `The env ANSWER of ${POD} shows a GitHub token.`,
      ],
    },
    {
      title: "a secret of the stack, whatever it looks like",
      ...own,
      resources: [env("MOTTO=say correct horse twice")],
      messages: [`The env MOTTO of ${DOCKER} shows the secret secrets:smtp.`],
    },
    {
      title: "a variable that bears the name of a secret",
      resources: [env("SMTP_PASSWORD=hunter2", "EMPTY_PASSWORD=")],
      messages: [
        `The env SMTP_PASSWORD of ${DOCKER} has the name of a secret, and its value in the open.`,
      ],
    },
    {
      title: "a value as random as a token",
      resources: [env(`ANSWER=${RANDOM}`)],
      messages: [`The env ANSWER of ${DOCKER} has a value as random as a password or a token.`],
    },
    {
      title: "a command and a health check",
      resources: [
        dockerContainer({
          command: ["serve", `--key=${TOKEN}`],
          healthcheck: { tests: ["CMD", TOKEN] },
        }),
        controller("Deployment", {
          container: { args: [RANDOM], livenessProbe: { exec: { command: ["ask", TOKEN] } } },
        }),
      ],
      messages: [
        `The command of ${DOCKER} shows a GitHub token.`,
        `The health check of ${DOCKER} shows a GitHub token.`,
        `The command of ${POD} has a value as random as a password or a token.`,
        `The health check of ${POD} shows a GitHub token.`,
      ],
    },
    {
      title: "labels and annotations",
      resources: [
        { ...dockerVolume("data", true), properties: { labels: [{ label: "key", value: TOKEN }] } },
        object("core/v1:Service", "api-service", {
          metadata: { labels: { owner: RANDOM }, annotations: { key: TOKEN } },
        }),
        object("apps/v1:Deployment", "api-deployment", {
          spec: { template: { metadata: { annotations: { key: TOKEN } } } },
        }),
        object("batch/v1:CronJob", "copy-cron-job", {
          spec: { jobTemplate: { spec: { template: { metadata: { labels: { key: TOKEN } } } } } },
        }),
      ],
      messages: [
        "The label key of Volume 'data-volume' shows a GitHub token.",
        "The label owner of Service 'api-service' has a value as random as a password or a token.",
        "The annotation key of Service 'api-service' shows a GitHub token.",
        "The pod's annotation key of Deployment 'api-deployment' shows a GitHub token.",
        "The pod's label key of CronJob 'copy-cron-job' shows a GitHub token.",
      ],
    },
    {
      title: "a ConfigMap: what is certain, not what is merely random",
      ...own,
      resources: [configMap({ "a.yml": `x: ${TOKEN}`, "b.yml": "correct horse", "c.yml": RANDOM })],
      messages: [
        "ConfigMap 'api-config-configmap' shows a GitHub token in data.a.yml.",
        "ConfigMap 'api-config-configmap' shows the secret secrets:smtp in data.b.yml.",
      ],
    },
    {
      title: "a plain output",
      ...own,
      resources: [outputs({ urls: { api: "https://u:p4ss@api" }, notes: ["correct horse"] })],
      messages: [
        "Stack 'whalewatch-try' shows a URL with a password in urls.api.",
        "Stack 'whalewatch-try' shows the secret secrets:smtp in notes[0].",
      ],
    },
  ],
  absent: [
    {
      title: "nothing to show",
      resources: [
        dockerContainer({ envs: undefined, labels: undefined }),
        controller("Deployment", { container: { env: undefined } }),
        configMap({}),
        object("core/v1:Service", "api-service", {}),
      ],
    },
  ],
});

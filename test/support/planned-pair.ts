import type { Plan } from "../../cli/plan/plan";
import { type PlannedResource, UNKNOWN } from "../../cli/plan/planned-resources";
import type { WrittenPlan } from "../../cli/plan/read-plan";
import { plannedWorkload, samplePlan } from "./planned";
import {
  componentUrn,
  CONTAINER,
  PASSWORD,
  plannedResource,
  REMOTE_IMAGE,
  VOLUME,
} from "./planned-resource";

/** Secrets that somebody wrote where none belongs; a report must not show them. */
export const PLANTED: readonly string[] = [
  "ghp_0123456789abcdefghijABCDEFGHIJ012345",
  "8123456789:AAHnotarealbottoken_0123456789abcde",
  "xoxb-123456789012-abcdefABCDEF",
  "s3cr3tPassw0rdInUrl",
  "hunter2hunter2hunter2",
  "AKIAQWERTYUIOPASDFGH",
  "xK9vQ2mZ7pLr4TnW8bYc",
];
const [github = "", telegram = "", slack = "", inUrl = "", named = "", amazon = "", random = ""] =
  PLANTED;

/** What a plan wrote: a plan from its parts, its resources and files. */
export function writtenPlan(
  plan: Partial<Plan>,
  resources: readonly PlannedResource[] = [],
  files: Readonly<Record<string, string>> = {},
): WrittenPlan {
  const written = Object.keys(files).map((name) => {
    const slash = name.indexOf("/");
    return { workload: name.slice(0, slash), path: name.slice(slash), sha256: files[name] ?? "" };
  });
  return {
    plan: samplePlan({ files: written, ...plan }),
    resources,
    files: new Map(Object.entries(files)),
  };
}

const image = (name: string): PlannedResource =>
  plannedResource(REMOTE_IMAGE, name, {
    parent: componentUrn("try-platform", "DockerPlatform"),
    inputs: { name, keepLocally: true },
  });

function container(
  workload: string,
  inputs: PlannedResource["inputs"],
  from: string,
): PlannedResource {
  return plannedResource(CONTAINER, `${workload}-container`, {
    parent: componentUrn(workload),
    inputs: {
      name: `whalewatch.try.${workload}`,
      image: UNKNOWN,
      destroyGraceSeconds: 30,
      wait: true,
      waitTimeout: 180,
      ...inputs,
    },
    from: { image: [image(from).urn] },
  });
}

const volume = (workload: string, given: Partial<PlannedResource> = {}): PlannedResource =>
  plannedResource(VOLUME, `${workload}.data-volume`, {
    parent: componentUrn(workload),
    protect: true,
    retainOnDelete: true,
    ...given,
  });

const password = plannedResource(PASSWORD, "cache-password", {
  parent: componentUrn("cache"),
  protect: true,
  inputs: { length: 32 },
});

const data = [{ name: "data", path: "/data" }];
const service = { job: "api", workload: "api", port: 8000, path: "/metrics", intervalSeconds: 15 };
const alert = { group: "stores", name: "StoreFull", severity: "warning", for: "5m" };

/** A version with an API, a database and a cache. */
export function baseOfPair(): WrittenPlan {
  return writtenPlan(
    {
      workloads: [
        plannedWorkload({
          connects: ["postgres", "cache"],
          ports: [{ ip: "127.0.0.1", host: 8001, container: 8000 }],
        }),
        plannedWorkload({
          name: "postgres",
          role: "store",
          image: "postgres:18.6",
          limits: { memoryMiB: 256, cpuMillis: 500 },
          volumes: data,
        }),
        plannedWorkload({ name: "cache", role: "store", image: "redis:8.0.6", volumes: data }),
      ],
      targets: [service],
      alerts: [
        { ...alert, expr: 'used{job="postgres"} > 0.9' },
        { ...alert, name: "StoreDown", expr: "up == 0" },
      ],
      receivers: [{ name: "room", kind: "slack", severities: ["critical"], teams: {} }],
      dashboards: [{ uid: "stores", title: "Stores", panels: 6 }],
      budget: { limitsMiB: 384, hostMiB: 2048 },
    },
    [
      image("acme/api:1.0.0"),
      image("postgres:18.6"),
      image("redis:8.0.6"),
      container("api", { memory: 64, envs: ["LOG_LEVEL=info"] }, "acme/api:1.0.0"),
      volume("postgres"),
      container("postgres", { memory: 256, cpus: "0.5" }, "postgres:18.6"),
      password,
      volume("cache"),
      container("cache", { memory: 64 }, "redis:8.0.6"),
    ],
    {
      "api/etc/api/settings.yml": "level: info\nurl: http://cache:6379\n",
      "cache/run/secrets/cache": "[secret]",
    },
  );
}

/** The next one: the cache goes, with its data; another database image; secrets in the wrong places. */
export function headOfPair(): WrittenPlan {
  return writtenPlan(
    {
      workloads: [
        plannedWorkload({
          connects: ["postgres"],
          limits: { memoryMiB: 96, cpuMillis: 250 },
          ports: [{ ip: "0.0.0.0", host: 8001, container: 8000 }],
        }),
        plannedWorkload({
          name: "postgres",
          role: "store",
          image: "postgres:18.7",
          limits: { memoryMiB: 256, cpuMillis: 500 },
          volumes: data,
        }),
        plannedWorkload({ name: "worker", image: "acme/worker:2.0.0", connects: ["postgres"] }),
      ],
      targets: [service, { ...service, job: "worker", workload: "worker" }],
      alerts: [
        { ...alert, severity: "critical", expr: 'used{job="postgres"} > 0.8' },
        { ...alert, name: "WorkerStuck", for: null, expr: "stuck > 0" },
      ],
      receivers: [{ name: "room", kind: "slack", severities: ["critical", "warning"], teams: {} }],
      dashboards: [{ uid: "stores", title: "Stores", panels: 7 }],
      budget: { limitsMiB: 416, hostMiB: 2048 },
    },
    [
      image("acme/api:1.0.0"),
      image("acme/worker:2.0.0"),
      image("postgres:18.7"),
      container(
        "api",
        {
          memory: 96,
          envs: [
            "LOG_LEVEL=debug",
            `UPSTREAM=https://u:${inUrl}@up`,
            `X=${github}`,
            `SIGNED=https://store.example.com/model?sig=${random}`,
          ],
        },
        "acme/api:1.0.0",
      ),
      volume("postgres"),
      container("postgres", { memory: 256, cpus: "0.5" }, "postgres:18.7"),
      container(
        "worker",
        { memory: 64, command: ["run", `--token=${telegram}`] },
        "acme/worker:2.0.0",
      ),
    ],
    {
      "api/etc/api/settings.yml": `level: debug\nslack: ${slack}\napi_key: ${named}\n`,
      "worker/etc/worker/settings.yml": `key: ${amazon}\n</details> @everyone \`\`\`\n`,
    },
  );
}

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { TestContext } from "node:test";
import { checkedStack } from "../../cli/checked-stack";
import type { Finding } from "../../cli/drift/finding";
import type { RunningImage, RunningWorkload } from "../../cli/platforms/platform-access";
import type { ImageAnswer } from "../../cli/promotion/image-registry";
import type { PromotionTools } from "../../cli/promotion/promotion-tools";
import { PulumiCli } from "../../cli/pulumi/pulumi-cli";
import { readStackFile } from "../../cli/stack-file";
import { UserError } from "../../cli/user-error";
import { operatorObjects } from "../../configs/prometheus/operator";
import { provisionFiles } from "../../configs/provision";
import { planDigest } from "../../model/digest";
import { commitAll } from "./git-project";
import { stubPulumi } from "./stub-pulumi";
import { temporaryFolder } from "./temporary-folder";

/** A digest that is easy to tell from others. */
export const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;

const LIMITS = "limits: { memory: 64Mi, cpu: 0.1 }";
/** Two services, one of which both environments have from another registry. */
export const DEV = `config:
  whalewatch:monitoring: { enabled: false }
  whalewatch:services:
    api: { image: "ghcr.io/acme/api:1.4.2", port: 8000, ${LIMITS} }
    web: { image: acme/web:2.0.0, port: 8000, ${LIMITS} }
`;
export const LIVE = `# The live environment.
config:
  whalewatch:monitoring: { enabled: false }
  whalewatch:services:
    web: # the page
      image: acme/web:1.9.0 # by digest, some day
      port: 8000
      ${LIMITS}
    api: { ${LIMITS}, port: 8000, image: "registry.example.com/acme/api:1.4.1" }
`;
/** What `LIVE` becomes. */
export const PROMOTED = LIVE.replace("acme/web:1.9.0", `acme/web:2.0.0@${digestOf("b")}`).replace(
  "registry.example.com/acme/api:1.4.1",
  `registry.example.com/acme/api:1.4.2@${digestOf("a")}`,
);

/** The time at which everything happens. */
export const NOW = new Date("2026-11-27T12:00:00Z");
const hoursAgo = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);

/** One container of a service; it has run for two days unless said otherwise. */
export function runningImage(
  workload: string,
  given: Partial<RunningImage> & { readonly hours?: number } = {},
): RunningImage {
  const [repository, letter] = workload === "api" ? ["ghcr.io/acme/api", "a"] : ["acme/web", "b"];
  const { hours = 48, ...rest } = given;
  return {
    workload,
    image: `sha256:image-of-${workload}`,
    digests: [`${repository}@${digestOf(letter)}`],
    since: hoursAgo(hours),
    ...rest,
  };
}

/** What a test changes about a world in which all is well. */
export interface Given {
  readonly dev?: string;
  readonly live?: string;
  /** Written after the commit. */
  readonly uncommitted?: Readonly<Record<string, string>>;
  /** No git repository at all. */
  readonly withoutGit?: boolean;
  /** Of the deployed states; `undefined` for a stack that is not there. */
  readonly devOutputs?: Readonly<Record<string, string>> | "not deployed" | "destroyed";
  readonly liveOutputs?: Readonly<Record<string, string>>;
  readonly history?: unknown;
  readonly running?: readonly RunningWorkload[];
  readonly images?: readonly RunningImage[];
  /** What drift finds; an error where it cannot look. */
  readonly drift?: readonly Finding[] | UserError;
  readonly reach?: PromotionReach;
  readonly engineDown?: boolean;
  readonly registry?: (image: string) => ImageAnswer;
  readonly answer?: string;
}
type PromotionReach = Awaited<ReturnType<PromotionTools["openPlatform"]>>["reach"];

/** A folder with two environments, and what a command there says and does. */
export interface World {
  readonly directory: string;
  readonly tools: PromotionTools;
  readonly said: string[];
  readonly complained: string[];
  readonly asked: string[];
  /** The images that a registry was asked for. */
  readonly lookedUp: string[];
  /** The arguments of each call of Pulumi. */
  readonly calls: () => string[];
  /** The stack file as it is now. */
  readonly file: (stack: string) => string;
  /** Runs a command; the message with which it refused, if it did. */
  readonly attempt: (command: Promise<void>) => Promise<string | undefined>;
}

const well = (workload: string): RunningWorkload => ({
  ...{ workload, state: "healthy", memoryMiB: 10, limitMiB: 64 },
});

/** Makes one. */
export function promotionWorld(context: TestContext, given: Given = {}): World {
  const { dev = DEV, live = LIVE } = given;
  const directory = temporaryFolder(context, {
    "Pulumi.yaml": "name: whalewatch\n",
    "Pulumi.dev.yaml": dev,
    "Pulumi.live.yaml": live,
    ".gitignore": "states/\n",
  });
  if (given.withoutGit !== true) commitAll(directory);
  for (const [file, text] of Object.entries(given.uncommitted ?? {})) {
    writeFileSync(path.join(directory, file), text);
  }
  const { environment, calls } = stubPulumi(context, pulumiScript(context, directory, given));
  const said: string[] = [];
  const complained: string[] = [];
  const asked: string[] = [];
  const lookedUp: string[] = [];
  const tools: PromotionTools = {
    pulumi: new PulumiCli(directory, environment),
    openPlatform: () =>
      Promise.resolve({
        wellWord: "healthy",
        checkAnswers: () =>
          Promise.resolve(
            given.engineDown === true
              ? [{ problem: "Docker does not answer.", remedy: "Start it." }]
              : [],
          ),
        drift: () => Promise.reject(new Error("findDrift is given")),
        running: () => Promise.resolve([...(given.running ?? [well("api"), well("web")])]),
        runningImages: () =>
          Promise.resolve([...(given.images ?? [runningImage("api"), runningImage("web")])]),
        reach: given.reach ?? (() => Promise.reject(new Error("nobody should be asked"))),
      }),
    findDrift: () =>
      given.drift instanceof UserError
        ? Promise.reject(given.drift)
        : Promise.resolve(given.drift ?? []),
    registry: {
      find: (image) => {
        lookedUp.push(image);
        return Promise.resolve(given.registry?.(image) ?? { found: "yes" });
      },
    },
    now: () => NOW,
    ask: (question) => {
      asked.push(question);
      return Promise.resolve(given.answer ?? "yes");
    },
    say: (line) => void said.push(line),
    complain: (line) => void complained.push(line),
  };
  return {
    ...{ directory, tools, said, complained, asked, lookedUp, calls },
    file: (stack) => readFileSync(path.join(directory, `Pulumi.${stack}.yaml`), "utf8"),
    attempt: async (command) => {
      try {
        await command;
        return undefined;
      } catch (error) {
        if (error instanceof UserError) return error.message;
        throw error;
      }
    },
  };
}

/** Answers exports and histories from files, with Pulumi's words for a stack that is not there. */
function pulumiScript(context: TestContext, directory: string, given: Given): string {
  const states = temporaryFolder(context, {
    ...(given.devOutputs !== "not deployed" && {
      "dev.json": JSON.stringify(stateOf(directory, given)),
    }),
    ...(given.liveOutputs && {
      "live.json": JSON.stringify(state(given.liveOutputs, ["api"])),
    }),
    "history.json": JSON.stringify(given.history ?? []),
  });
  return `case "$*" in
version) exit 0 ;;
"stack history "*) cat '${states}/history.json' ;;
"stack export "*)
  file="${states}/$4.json"
  [ -f "$file" ] || { echo "error: no stack named '$4' found" >&2; exit 6; }
  cat "$file" ;;
*) echo "unexpected: $*" >&2; exit 1 ;;
esac`;
}

function stateOf(directory: string, given: Given): object {
  if (given.devOutputs === "destroyed") return state({ digest: "sha256:old" }, []);
  if (typeof given.devOutputs === "object") return state(given.devOutputs, ["api", "web"]);
  const stack = checkedStack(readStackFile(directory, "dev"));
  const digest = planDigest(stack, provisionFiles(stack), operatorObjects(stack));
  return state({ digest, version: "0.1.0" }, ["api", "web"]);
}

/** A state as `pulumi stack export` prints it, with a container for each service. */
function state(outputs: object, services: readonly string[]): object {
  const label = (value: string) => ({ label: "whalewatch.workload", value });
  return {
    version: 3,
    deployment: {
      resources: [
        { urn: "urn:stack", type: "pulumi:pulumi:Stack", outputs },
        { urn: "urn:network", type: "docker:index/network:Network", inputs: {} },
        ...services.map((service) => ({
          urn: `urn:${service}`,
          type: "docker:index/container:Container",
          inputs: { image: `sha256:image-of-${service}`, labels: [label(service)] },
        })),
      ],
    },
  };
}

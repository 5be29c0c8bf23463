import path from "node:path";
import type { Stack } from "../../model/stack";
import { ask } from "../ask";
import { findDrift } from "../drift/find-drift";
import type { Finding } from "../drift/finding";
import { openPlatform } from "../platforms/open-platform";
import type { PlatformAccess, Say } from "../platforms/platform-access";
import { pulumiEnvironment } from "../pulumi/local-backend";
import { PulumiCli } from "../pulumi/pulumi-cli";
import { STATE_FOLDER, stateBackend } from "../pulumi/state-backend";
import { dockerRegistry, type ImageRegistry } from "./image-registry";

/** What a promotion asks of an environment's platform. */
export type ObservedPlatform = Pick<
  PlatformAccess,
  "checkAnswers" | "drift" | "reach" | "running" | "runningImages" | "wellWord"
>;

/** Everything outside of this program that a promotion or a rollback uses. */
export interface PromotionTools {
  readonly pulumi: Pick<PulumiCli, "check" | "read">;
  readonly openPlatform: (stack: Stack) => Promise<ObservedPlatform>;
  /** What of a stack is otherwise than declared. */
  readonly findDrift: (stack: Stack, platform: ObservedPlatform) => Promise<readonly Finding[]>;
  readonly registry: ImageRegistry;
  readonly now: () => Date;
  readonly ask: (question: string) => Promise<string>;
  /** To standard output. */
  readonly say: Say;
  /** To standard error. */
  readonly complain: Say;
}

/** The real ones. */
export function promotionTools(directory: string): PromotionTools {
  const pulumi = new PulumiCli(directory, pulumiEnvironment(directory));
  return {
    pulumi,
    openPlatform: (stack) => openPlatform(stack, path.join(directory, STATE_FOLDER)),
    findDrift: async (stack, platform) => {
      const backend = stateBackend(directory).url;
      return (await findDrift({ pulumi, platform, stack, backend })).findings;
    },
    registry: dockerRegistry,
    now: () => new Date(),
    ask,
    say: (line) => console.log(line),
    complain: (line) => console.error(line),
  };
}

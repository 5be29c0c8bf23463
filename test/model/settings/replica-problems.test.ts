import { describe } from "node:test";
import { checkProblems } from "../../support/problem-cases";

const COUNT = "a whole number from 1 to 3";
const ONE_MACHINE = "1, or platform: kubernetes, where they run on machines apart";

for (const program of ["prometheus", "alertmanager"] as const) {
  describe(`replicas of ${program}`, () => {
    checkProblems([
      { title: "one is the default and may be written", rest: { [program]: { replicas: 1 } } },
      {
        title: "up to three run on Kubernetes",
        rest: { platform: "kubernetes", [program]: { replicas: 3 } },
      },
      {
        title: "two on one engine would fall together",
        rest: { [program]: { replicas: 2 } },
        problems: [[`whalewatch:${program}.replicas`, "2 replicas on Docker", ONE_MACHINE]],
      },
      ...[0, 4, 1.5, "2"].map((replicas) => ({
        title: `${JSON.stringify(replicas)} is no number of replicas`,
        rest: { platform: "kubernetes", [program]: { replicas } },
        problems: [[`whalewatch:${program}.replicas`, JSON.stringify(replicas), COUNT]] as const,
      })),
    ]);
  });
}

import { at, numberAt } from "../api-object";
import { READY, type Judge } from "./judge";
import { problemsOfOwned } from "./pod";

/** DaemonSets are ready when every node that wants one has an available pod of the newest revision. */
export const daemonSetJudge: Judge = {
  related: ["pods"],
  read: true,
  judge({ object, pods }) {
    const count = (name: string): number => numberAt(object, "status", name);
    const wanted = at(object, "status", "desiredNumberScheduled");
    const observed = count("observedGeneration") >= numberAt(object, "metadata", "generation");
    const names = [
      "currentNumberScheduled",
      "updatedNumberScheduled",
      "numberAvailable",
      "numberReady",
    ];
    const short = names.filter((name) => typeof wanted !== "number" || count(name) < wanted);
    if (observed && short.length === 0) return READY;
    return { ready: false, problems: problemsOfOwned(pods, object) };
  },
};

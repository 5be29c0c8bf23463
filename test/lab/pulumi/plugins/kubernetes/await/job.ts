import { conditionOf, holds, textAt } from "../api-object";
import { READY, type Judge } from "./judge";
import { problemsOfOwned } from "./pod";

/** Jobs are ready when they have completed; one that has used up its tries fails at once. */
export const jobJudge: Judge = {
  related: ["pods"],
  read: true,
  judge({ object, pods }) {
    if (textAt(object, "status", "startTime") !== "" && holds(object, "Complete")) return READY;
    const problems = problemsOfOwned(pods, object);
    if (!holds(object, "Failed")) return { ready: false, problems };
    const failed = conditionOf(object, "Failed");
    const text = `[${textAt(failed, "reason")}] ${textAt(failed, "message")}`;
    return { ready: false, failed: true, problems: [text, ...problems] };
  },
};

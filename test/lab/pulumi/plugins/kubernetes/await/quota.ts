import { objectAt } from "../api-object";
import { compare } from "../compare";
import { READY, type Judge } from "./judge";

/** Quotas are ready when the cluster counts against the limits that they set. */
export const quotaJudge: Judge = {
  related: [],
  read: false,
  judge({ object }) {
    const wanted = { limits: objectAt(object, "spec", "hard") };
    const counted = { limits: objectAt(object, "status", "hard") };
    if (compare(counted, wanted).length === 0) return READY;
    return { ready: false, problems: ["ResourceQuota is not counted yet"] };
  },
};

import { nameOf, textAt } from "../api-object";
import { READY, type Judge } from "./judge";

/** Claims are ready when bound; where the class binds for the first consumer, when they are pending. */
export const claimJudge: Judge = {
  related: ["storageClasses"],
  read: false,
  judge({ object, previous, storageClasses }) {
    const phase = textAt(object, "status", "phase");
    const name = textAt(object, "spec", "storageClassName");
    const storage = storageClasses.find((each) => nameOf(each) === name);
    const later = textAt(storage, "volumeBindingMode") === "WaitForFirstConsumer";
    if (phase === "Bound" && (!later || previous !== undefined)) return READY;
    if (later && phase !== "") return READY;
    const known = storage === undefined ? `no storage class "${name}"` : `phase is "${phase}"`;
    return { ready: false, problems: [`PersistentVolumeClaim is not bound: ${known}`] };
  },
};

/** Volumes are ready when they are available or bound. */
export const volumeJudge: Judge = {
  related: [],
  read: false,
  judge({ object }) {
    const phase = textAt(object, "status", "phase");
    if (phase === "Available" || phase === "Bound") return READY;
    return { ready: false, problems: [`PersistentVolume's phase is "${phase}"`] };
  },
};

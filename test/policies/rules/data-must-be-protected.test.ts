import { dataMustBeProtected } from "../../../policies/rules/data-must-be-protected";
import { checkPolicy } from "../../support/policy-cases";
import {
  controller,
  dockerContainer,
  dockerFiller,
  dockerVolume,
  object,
} from "../../support/policy-resources";
import { UNKNOWN } from "../../../policies/field";

const DATA = "whalewatch.try.api.data";
const namespace = (protect: boolean) =>
  object(
    "core/v1:Namespace",
    "services",
    { metadata: { name: "whalewatch-try-services" } },
    protect,
  );
const set = (retention?: object) =>
  controller("StatefulSet", {
    spec: {
      volumeClaimTemplates: [{ metadata: { name: "data" } }],
      persistentVolumeClaimRetentionPolicy: retention,
    },
  });
const claim = (protect: boolean) =>
  object(
    "core/v1:PersistentVolumeClaim",
    "dumps",
    { metadata: { name: "dumps", namespace: "whalewatch-try-services" } },
    protect,
  );
const kept = { whenDeleted: "Retain", whenScaled: "Retain" };

checkPolicy(dataMustBeProtected, {
  passes: [
    { title: "a protected volume", resources: [dockerContainer(), dockerVolume(DATA, true)] },
    {
      title: "volumes of files, which are made anew: read alone, filled alone, named by a password",
      resources: [
        dockerContainer({
          volumes: [{ volumeName: "files", containerPath: "/etc", readOnly: true }],
        }),
        dockerFiller({ volumes: [{ volumeName: "files", containerPath: "/etc" }] }),
        dockerVolume("files", false),
        { ...dockerVolume("secrets", false), properties: { name: UNKNOWN } },
      ],
    },
    {
      title: "claims that are retained, in a protected namespace",
      resources: [namespace(true), set(kept), claim(true)],
    },
    { title: "a namespace without data", resources: [namespace(false), controller("Deployment")] },
  ],
  fails: [
    {
      title: "a volume with data",
      resources: [dockerContainer(), dockerVolume(DATA, false)],
      messages: [`Volume '${DATA}-volume' holds data and is not protected.`],
    },
    {
      title: "a claim",
      resources: [namespace(true), claim(false)],
      messages: ["PersistentVolumeClaim 'dumps' holds data and is not protected."],
    },
    {
      title: "a namespace with claims, of a set or by themselves",
      resources: [namespace(false), set(kept)],
      messages: ["Namespace 'services' holds claims, which go with it, and is not protected."],
    },
    {
      title: "a set that deletes its claims",
      resources: [namespace(true), set({ whenDeleted: "Delete", whenScaled: "Delete" })],
      messages: [
        "StatefulSet 'api-statefulset' deletes its claims, and the data in them (whenDeleted).",
        "StatefulSet 'api-statefulset' deletes its claims, and the data in them (whenScaled).",
      ],
    },
  ],
  absent: [
    { title: "nothing said of retention: retained", resources: [namespace(true), set()] },
    {
      title: "readOnly not said: it is written to",
      resources: [
        dockerContainer({ volumes: [{ volumeName: DATA, containerPath: "/data" }] }),
        dockerVolume(DATA, false),
      ],
      messages: [`Volume '${DATA}-volume' holds data and is not protected.`],
    },
  ],
});

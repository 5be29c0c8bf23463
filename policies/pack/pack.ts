import { PolicyPack } from "@pulumi/policy";
import { POLICIES } from "../policies";
import { readContext } from "./read-context";
import { served } from "./served";

/**
 * The pack: `pulumi preview --policy-pack policies/pack`. To make one starts a server that Pulumi
 * asks, so this file does nothing else.
 */
const context = readContext();
new PolicyPack("whalewatch", {
  policies: POLICIES.flatMap((policy) => served(policy, context)),
});

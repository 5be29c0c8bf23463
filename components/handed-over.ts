import * as pulumi from "@pulumi/pulumi";
import type { OperatorObjects } from "../model/operator";
import type { Platform, SecretResolver } from "./platform/platform";

/** What the Prometheus operator of the cluster is told of the stack, in place of a Prometheus. */
export class HandedOver extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: {
      readonly objects: OperatorObjects;
      readonly platform: Platform;
      readonly secrets: SecretResolver;
    },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("whalewatch:index:HandedOver", name, {}, opts);
    args.platform.handOver(args.objects, args.secrets, this);
    this.registerOutputs({});
  }
}

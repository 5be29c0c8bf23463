import { createHmac } from "node:crypto";
import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { FileMount } from "../../../model/files";
import type { OperatorObjects } from "../../../model/operator";
import { ALERTING_SECRET } from "../../../model/operator-alerting";
import { routeUrl } from "../../../model/route";
import type { Stack } from "../../../model/stack";
import type { Workload } from "../../../model/workload";
import { generatePassword } from "../../password";
import type { Placed, PlacementArgs, Platform, SecretResolver } from "../platform";
import { fileText } from "../secret-content";
import { kebabKind, type NamedObject } from "./kubernetes-object";
import { namespaceName, objectLabels, stackLabels, tierOf } from "./naming";
import type { ClusterContext } from "./objects/context";
import { controller } from "./objects/controller";
import { namespace } from "./objects/namespace";
import { attendingObjects, supportingObjects, tierObjects, usedTiers } from "./objects/objects";
import { operatorObjects } from "./objects/operator";
import { readyWithin } from "./objects/replicas";
import { register } from "./register";

const DIGEST_CHARACTERS = 10;
/** Data, and what holds it: neither an update nor a destroy takes it away. */
const KEPT = { protect: true, retainOnDelete: true };

/** One cluster: a namespace for each tier, closed, limited and restricted. */
export class KubernetesPlatform extends pulumi.ComponentResource implements Platform {
  private readonly provider: Provider;
  private readonly digestKey: pulumi.Output<string>;
  private readonly tiers = new Map<string, readonly pulumi.Resource[]>();

  constructor(
    name: string,
    private readonly stack: Stack,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("whalewatch:index:KubernetesPlatform", name, {}, opts);
    const { context } = stack.settings.kubernetes;
    this.provider = new Provider(
      `${name}-cluster`,
      {
        // Pinned here, so that whatever context is current cannot redirect an update.
        ...(context !== undefined && { context }),
        // Prometheus reloads a changed map; a new one under the same name would leave it without.
        enableConfigMapMutable: true,
        // So does the operator with the Secret of receivers; those of pods are immutable by themselves.
        enableSecretMutable: true,
      },
      { parent: this },
    );
    this.digestKey = generatePassword(`${name}-digest-key`, this);
    const cluster = this.context(() => "");
    for (const tier of usedTiers(cluster)) {
      const space = this.register({ name: tier, object: namespace(tier, cluster) }, this, {
        // Deleting a namespace deletes the claims in it, and with them the data.
        ...(this.keepsData(tier, cluster) && KEPT),
      });
      const rest = tierObjects(tier, cluster).map((object) =>
        this.register(object, this, { dependsOn: [space] }),
      );
      this.tiers.set(tier, [space, ...rest]);
    }
    this.registerOutputs({});
  }

  place({ workload, mounts, secrets, after }: PlacementArgs, parent: pulumi.Resource): Placed {
    const names = new Map<string, pulumi.Input<string>>();
    const tier = this.tiers.get(tierOf(workload)) ?? [];
    const sensitive = mounts
      .filter((mount) => mount.sensitive)
      .map((mount) => {
        const { name, resource } = this.placeSecret(workload, mount, secrets, parent, tier);
        names.set(mount.name, name);
        return resource;
      });
    const context = this.context((_, mount) => names.get(mount.name) ?? mount.name);
    // Who reads the cluster has roles in every tier.
    const tiers = workload.clusterAccess === undefined ? tier : [...this.tiers.values()].flat();
    const supporting = supportingObjects(workload, mounts, context).map((supportingObject) =>
      this.register(supportingObject, parent, {
        dependsOn: [...tiers],
        ...(supportingObject.object.kind === "PersistentVolumeClaim" && KEPT),
      }),
    );
    const runs = { name: workload.name, object: controller(workload, mounts, context) };
    const ready = readyWithin(workload).toString();
    const running = this.register(runs, parent, {
      dependsOn: [...tier, ...sensitive, ...supporting, ...after],
      customTimeouts: { create: ready, update: ready },
    });
    for (const object of attendingObjects(workload, context)) {
      this.register(object, parent, { dependsOn: [running] });
    }
    const address = this.address(workload);
    return { ready: [running], ...(address !== undefined && { address }) };
  }

  handOver(objects: OperatorObjects, secrets: SecretResolver, parent: pulumi.Resource): void {
    const tiers = [...this.tiers.values()].flat();
    const read = (objects.alerting?.secrets ?? []).map((mount) =>
      register(
        `${ALERTING_SECRET}-secret`,
        {
          kind: "Secret",
          apiVersion: "v1",
          metadata: {
            // Fixed, since another object names it; the operator sees when it changes.
            name: ALERTING_SECRET,
            namespace: namespaceName(this.stack, objects.tier),
            labels: stackLabels(this.stack),
          },
          stringData: secretData(mount, secrets),
        },
        { parent, provider: this.provider, dependsOn: tiers },
      ),
    );
    for (const object of operatorObjects(
      objects,
      this.context(() => ""),
    )) {
      this.register(object, parent, { dependsOn: [...tiers, ...read] });
    }
  }

  private context(secretName: ClusterContext["secretName"]): ClusterContext {
    const { stack } = this;
    return {
      stack,
      settings: stack.settings.kubernetes,
      workloads: stack.workloads,
      secretName,
    };
  }

  private keepsData(tier: string, { workloads }: ClusterContext): boolean {
    return workloads.some((workload) => tierOf(workload) === tier && workload.volumes.length > 0);
  }

  private register(
    { name, object }: NamedObject,
    parent: pulumi.Resource,
    opts: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource {
    const { provider } = this;
    return register(`${name}-${kebabKind(object)}`, object, { parent, provider, ...opts });
  }

  /** A Secret whose name tells its content apart and nothing about it: the digest is keyed. */
  private placeSecret(
    workload: Workload,
    mount: FileMount,
    secrets: SecretResolver,
    parent: pulumi.Resource,
    dependsOn: readonly pulumi.Resource[],
  ): { name: pulumi.Output<string>; resource: pulumi.Resource } {
    const stringData = secretData(mount, secrets);
    const digest = pulumi
      .all([pulumi.all(stringData), this.digestKey])
      .apply(([texts, key]) =>
        createHmac("sha256", key)
          .update(JSON.stringify(texts))
          .digest("hex")
          .slice(0, DIGEST_CHARACTERS),
      );
    const base = `${workload.name}-${mount.name}`;
    const name = pulumi.unsecret(pulumi.interpolate`${base}-${digest}`);
    const resource = register(
      `${base}-secret`,
      {
        kind: "Secret",
        apiVersion: "v1",
        metadata: {
          name,
          namespace: namespaceName(this.stack, tierOf(workload)),
          labels: objectLabels(this.stack, workload),
        },
        immutable: true,
        stringData,
      },
      { parent, provider: this.provider, dependsOn: [...dependsOn] },
    );
    return { name, resource };
  }

  private address(workload: Workload): string | undefined {
    const { route, context } = this.stack.settings.kubernetes;
    if (workload.host !== undefined && route !== undefined) return routeUrl(workload.host, route);
    const [port] = workload.ports.filter(({ publish }) => publish !== undefined);
    if (port?.publish === undefined) return undefined;
    const at = context === undefined ? "" : ` --context ${context}`;
    const target = `${namespaceName(this.stack, tierOf(workload))} service/${workload.name}`;
    return `kubectl${at} port-forward --address ${port.publish.address} -n ${target} ${port.publish.port}:${port.container}`;
  }
}

/** A mount's files as the data of a Secret. */
function secretData(
  { files }: FileMount,
  secrets: SecretResolver,
): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(
    Object.entries(files).map(([file, content]) => [file, fileText(content, secrets)]),
  );
}

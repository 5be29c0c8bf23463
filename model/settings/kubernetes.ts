import { z } from "zod";
import { nameField, pathSafeText, portField } from "./fields";
import { cidrField } from "./outside-fields";
import { routeSchema } from "./route";

const CONTEXT_ALLOWED = "the name of a kubeconfig context (kubectl config get-contexts -o name)";
const REGISTRY_ALLOWED =
  "a registry and path without a scheme, such as registry.example.com/mirror";

/** How a stack sits in a cluster; used with `platform: kubernetes` alone. */
export const kubernetesSchema = z
  .strictObject(
    {
      context: z.string({ error: CONTEXT_ALLOWED }).min(1, CONTEXT_ALLOWED).optional().meta({
        description:
          "The kubeconfig context to deploy to; whalewatch up refuses to go without one.",
      }),
      clusterDomain: pathSafeText("the cluster's DNS domain").default("cluster.local"),
      storageClass: nameField
        .optional()
        .meta({ description: "Class of the stores' volumes; default the cluster's own." }),
      registryMirror: z
        .string({ error: REGISTRY_ALLOWED })
        .regex(/^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/, REGISTRY_ALLOWED)
        .optional()
        .meta({
          description:
            "Pulls every image from here instead of its own registry, by its whole path: redis as MIRROR/library/redis, ghcr.io/acme/x as MIRROR/acme/x.",
        }),
      imagePullSecrets: z
        .array(nameField, { error: "a list of names of Secrets" })
        .refine((names) => new Set(names).size === names.length, "each name once")
        .default([])
        .meta({ description: "Secrets with registry logins, present in each namespace." }),
      apiServer: z
        .strictObject(
          {
            cidrs: z
              .array(cidrField, { error: "a list of IPv4 ranges such as 10.0.0.2/32" })
              .min(1, "at least one IPv4 range")
              .meta({ description: "The addresses behind the Service kubernetes." }),
            port: portField.default(6443),
          },
          { error: "a mapping with cidrs and port" },
        )
        .optional()
        .meta({
          description:
            "Where the API server answers (kubectl get endpointslices -n default), to which network policies then open the way for what reads the cluster; default any address on the ports 443 and 6443.",
        }),
      route: routeSchema
        .optional()
        .meta({ description: "How services with a host, and Grafana with one, are reached." }),
    },
    { error: "a mapping of settings" },
  )
  .prefault({})
  .meta({ description: "How the stack sits in a cluster; used with platform: kubernetes." });

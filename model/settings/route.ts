import { z } from "zod";
import { nameField, switchField } from "./fields";

const ANNOTATIONS_ALLOWED = "a mapping of annotations to text";
const ANNOTATION_NAME_ALLOWED =
  "the name of an annotation, such as nginx.ingress.kubernetes.io/proxy-body-size";

const ingressSchema = z
  .strictObject({
    kind: z.literal("ingress"),
    className: nameField.meta({ description: "The IngressClass." }),
    controllerNamespace: nameField.meta({
      description: "The controller's namespace, which network policies let in.",
    }),
    tlsSecret: nameField.optional().meta({
      description:
        "The Secret with a certificate for all hosts, in the namespace of each workload that has one.",
    }),
    clusterIssuer: nameField.optional().meta({
      description:
        "The ClusterIssuer of cert-manager that makes a certificate for each host, in the Secret NAME-tls.",
    }),
    annotations: z
      .record(
        z
          .string()
          .regex(
            /^(?:[a-z0-9.-]{1,253}\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
            ANNOTATION_NAME_ALLOWED,
          ),
        z.string({ error: "text, in quotes where it looks like a number" }),
        { error: ANNOTATIONS_ALLOWED },
      )
      .default({})
      .meta({ description: "What the controller is told beside, on each Ingress." }),
  })
  .refine(
    ({ tlsSecret, clusterIssuer }) => tlsSecret === undefined || clusterIssuer === undefined,
    { path: ["clusterIssuer"], error: "either tlsSecret or clusterIssuer" },
  );

const gatewaySchema = z.strictObject({
  kind: z.literal("gateway"),
  name: nameField.meta({ description: "The Gateway that routes attach to." }),
  namespace: nameField,
  controllerNamespace: nameField.meta({
    description: "The namespace of the Gateway's pods, which network policies let in.",
  }),
  listener: nameField
    .optional()
    .meta({ description: "The one listener that routes attach to; default all of them." }),
  https: switchField.default(true).meta({
    description: "Whether a listener has a certificate: how addresses and links begin.",
  }),
});

/** Where requests from outside come in, by the kind of route that the cluster offers. */
export const routeSchema = z.discriminatedUnion("kind", [ingressSchema, gatewaySchema], {
  error: "a mapping with kind: ingress or kind: gateway",
});

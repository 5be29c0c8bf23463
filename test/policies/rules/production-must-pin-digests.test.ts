import { IMAGES } from "../../../model/images";
import { productionMustPinDigests } from "../../../policies/rules/production-must-pin-digests";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { checkPolicy } from "../../support/policy-cases";
import { controller, resource } from "../../support/policy-resources";

const DIGEST = `sha256:${"a".repeat(64)}`;
const pulled = (name?: string) =>
  resource("docker:index/remoteImage:RemoteImage", "image", { name });
const pod = (image: string) => controller("Deployment", { container: { image } });
const production = declareStack({
  services: { api: serviceSettings() },
  policies: { production: true },
});

checkPolicy(productionMustPinDigests, {
  passes: [
    {
      title: "a digest, with a tag or without",
      stack: production,
      resources: [pulled(`acme/api:1.0.0@${DIGEST}`), pod(`ghcr.io/acme/api@${DIGEST}`)],
    },
    {
      title: "the releases that come with this program",
      stack: production,
      resources: Object.values(IMAGES).map(pulled),
    },
    {
      title: "the same from the mirror that the stack names",
      stack: declareStack({
        platform: "kubernetes",
        kubernetes: { context: "production", registryMirror: "mirror.example.com/hub" },
        policies: { production: true },
      }),
      resources: [
        pod(`mirror.example.com/hub/library/${IMAGES.redis}`),
        pod(`mirror.example.com/hub/${IMAGES.kubeStateMetrics.split("/").slice(1).join("/")}`),
      ],
    },
    {
      title: "a stack that nobody depends on",
      resources: [pulled("acme/api:1.0.0"), pod("acme/api:1.0.0")],
    },
  ],
  fails: [
    {
      title: "a tag",
      stack: production,
      resources: [pulled("acme/api:1.0.0"), pod("acme/api:1.0.0")],
      messages: [
        "Image 'acme/api:1.0.0' has no digest.",
        "Image 'acme/api:1.0.0' of Container 'api' of Deployment 'api-deployment' has no digest.",
      ],
    },
    {
      title: "another version of a supported program",
      stack: production,
      resources: [pulled("postgres:17.0"), pulled(`my${IMAGES.postgres}`)],
      messages: [
        "Image 'postgres:17.0' has no digest.",
        `Image 'my${IMAGES.postgres}' has no digest.`,
      ],
    },
    {
      title: "the name of a supported program in somebody else's registry",
      stack: production,
      resources: [pod(`ghcr.io/somebody/${IMAGES.alertmanager}`)],
      messages: [
        `Image 'ghcr.io/somebody/${IMAGES.alertmanager}' of Container 'api' of Deployment 'api-deployment' has no digest.`,
      ],
    },
    {
      title: "what is built during the update",
      stack: production,
      resources: [resource("docker:index/image:Image", "image", { imageName: "acme/api:1.0.0" })],
      messages: [
        "Image 'acme/api:1.0.0' is built on the spot, so nobody tried these bytes before.",
      ],
    },
  ],
  absent: [
    {
      title: "neither tag nor digest",
      stack: production,
      resources: [pulled("acme/api")],
      messages: ["Image 'acme/api' has no digest."],
    },
  ],
});

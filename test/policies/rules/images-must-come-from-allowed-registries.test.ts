import { imagesMustComeFromAllowedRegistries } from "../../../policies/rules/images-must-come-from-allowed-registries";
import { declareStack, serviceSettings } from "../../support/declared-stack";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, resource } from "../../support/policy-resources";

const pulled = (name?: string) =>
  resource("docker:index/remoteImage:RemoteImage", "image", { name });
const pod = (image: string) => controller("Deployment", { container: { image } });
const only = (...registries: string[]) =>
  declareStack({
    services: {
      api: serviceSettings({ image: "acme/api:1.0.0", build: { context: "services/api" } }),
    },
    policies: { registries },
  });

checkPolicy(imagesMustComeFromAllowedRegistries, {
  passes: [
    {
      title: "a registry that is listed, Docker Hub by its name",
      stack: only("ghcr.io", "docker.io"),
      resources: [
        pulled("postgres:18.6"),
        pulled("prom/prometheus:v3.5.3"),
        pod("ghcr.io/acme/api:1.0.0"),
      ],
    },
    {
      title: "a path in a registry",
      stack: only("ghcr.io/acme", "docker.io/library/redis"),
      resources: [pulled("ghcr.io/acme/api:1.0.0"), pulled("redis:8.0.6")],
    },
    {
      title: "what is built here, by its name or by its digest later on",
      stack: only("ghcr.io"),
      resources: [
        resource("docker:index/image:Image", "image", { imageName: "acme/api:1.0.0" }),
        dockerContainer({ image: `acme/api@sha256:${"a".repeat(64)}` }),
      ],
    },
  ],
  fails: [
    {
      title: "another registry",
      stack: only("ghcr.io"),
      resources: [pulled("redis:8.0.6"), pod("evil.example.com/api:1.0.0")],
      messages: [
        "Image 'redis:8.0.6' comes from docker.io; allowed: ghcr.io.",
        "Image 'evil.example.com/api:1.0.0' of Container 'api' of Deployment 'api-deployment' comes from evil.example.com; allowed: ghcr.io.",
      ],
    },
    {
      title: "another path in a listed registry, or one that only begins alike",
      stack: only("ghcr.io/acme"),
      resources: [pulled("ghcr.io/other/api:1.0.0"), pulled("ghcr.io/acme-two/api:1.0.0")],
      messages: [
        "Image 'ghcr.io/other/api:1.0.0' comes from ghcr.io; allowed: ghcr.io/acme.",
        "Image 'ghcr.io/acme-two/api:1.0.0' comes from ghcr.io; allowed: ghcr.io/acme.",
      ],
    },
  ],
  absent: [{ title: "no list: any registry", resources: [pulled("evil.example.com/api:1.0.0")] }],
});

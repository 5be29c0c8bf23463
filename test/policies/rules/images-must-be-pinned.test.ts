import { imagesMustBePinned } from "../../../policies/rules/images-must-be-pinned";
import { checkPolicy } from "../../support/policy-cases";
import { controller, dockerContainer, resource } from "../../support/policy-resources";

const DIGEST = `sha256:${"a".repeat(64)}`;
const pulled = (name?: string) =>
  resource("docker:index/remoteImage:RemoteImage", "image", { name });
const built = (imageName: string) => resource("docker:index/image:Image", "image", { imageName });
const pod = (image?: string) => controller("Deployment", { container: { image } });

checkPolicy(imagesMustBePinned, {
  passes: [
    {
      title: "a tag, a digest, or both; a registry with a port",
      resources: [
        pulled("postgres:18.6"),
        pulled(`ghcr.io/acme/api@${DIGEST}`),
        pulled(`localhost:5000/api:1.0.0@${DIGEST}`),
        built("whalewatch/model-api:1.0.0"),
        pod("registry.example.com:8443/acme/api:1.0.0"),
      ],
    },
    {
      title: "a container that gets the id of an image resource, known or not yet",
      resources: [dockerContainer(), dockerContainer({ image: DIGEST })],
    },
  ],
  fails: [
    {
      title: "latest",
      resources: [pulled("postgres:latest"), built("acme/api:latest"), pod("acme/api:latest")],
      messages: [
        "Image 'postgres:latest' has the tag latest, which names something else tomorrow.",
        "Image 'acme/api:latest' has the tag latest, which names something else tomorrow.",
        "Image 'acme/api:latest' of Container 'api' of Deployment 'api-deployment' has the tag latest, which names something else tomorrow.",
      ],
    },
    {
      title: "a container that names its image past the image resource",
      resources: [dockerContainer({ image: "redis" })],
      messages: [
        "Image 'redis' of Container 'api-container' has neither tag nor digest, which means latest.",
      ],
    },
    {
      title: "a port of a registry is no tag",
      resources: [pulled("localhost:5000/api")],
      messages: ["Image 'localhost:5000/api' has neither tag nor digest, which means latest."],
    },
  ],
  absent: [
    {
      title: "no tag",
      resources: [pulled("postgres"), pod("ghcr.io/acme/api")],
      messages: [
        "Image 'postgres' has neither tag nor digest, which means latest.",
        "Image 'ghcr.io/acme/api' of Container 'api' of Deployment 'api-deployment' has neither tag nor digest, which means latest.",
      ],
    },
    { title: "no name, which no provider takes", resources: [pulled(), pod()] },
  ],
});

import { Deployment } from "@pulumi/kubernetes/apps/v1";
import * as pulumi from "@pulumi/pulumi";

/**
 * The floor: a program of as many bare Deployments as a stack has services, and nothing beside them.
 * Whatever whalewatch takes more is the price of what it derives.
 */
export = function program() {
  const services = new pulumi.Config("peer").requireNumber("services");
  for (let index = 1; index <= services; index += 1) {
    const labels = { app: `api-${index}` };
    new Deployment(`api-${index}`, {
      metadata: { name: `api-${index}`, namespace: "default" },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: "api",
                image: "registry.example.com/whalewatch/model-api:1.0.0",
                ports: [{ containerPort: 8000 }],
                resources: { limits: { memory: "256Mi", cpu: "500m" } },
              },
            ],
          },
        },
      },
    });
  }
  return {};
};

import { version } from "@pulumi/docker/package.json";
import { checkInputs } from "../protocol/check";
import { text } from "../protocol/readers";
import { serve } from "../protocol/serve";
import { hasUnknown } from "../protocol/values";
import { containerType } from "./container";
import { Engine } from "./engine";
import { imageType } from "./image";
import { networkType } from "./network";
import { remoteImageType } from "./remote-image";
import { volumeType } from "./volume";

// A stand-in for tests: see ../README.md.
let connected: Engine | undefined;

function engine(): Engine {
  connected ??= Engine.at("");
  return connected;
}

serve({
  version,
  resources: {
    "docker:index/container:Container": containerType(engine),
    "docker:index/image:Image": imageType(engine),
    "docker:index/network:Network": networkType(engine),
    "docker:index/remoteImage:RemoteImage": remoteImageType(engine),
    "docker:index/volume:Volume": volumeType(engine),
  },
  checkConfig: (news) =>
    checkInputs(
      {
        rules: {
          host: { kind: "string", change: "replace" },
          version: { kind: "string", change: "record" },
          disableDockerDaemonCheck: { kind: "string", change: "record" },
        },
        refused: [
          "caMaterial",
          "certMaterial",
          "certPath",
          "context",
          "keyMaterial",
          "registryAuth",
          "sshOpts",
        ],
      },
      news,
    ),
  async configure(config) {
    if (hasUnknown(config["host"])) return;
    connected = Engine.at(text(config, "host"));
    try {
      await connected.call("GET", "/version");
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`failed to connect to any docker daemon: ${connected.host}: ${reason}`, {
        cause: error,
      });
    }
  },
});

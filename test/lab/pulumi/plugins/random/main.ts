import { version } from "@pulumi/random/package.json";
import { checkInputs } from "../protocol/check";
import { serve } from "../protocol/serve";
import { randomPassword } from "./random-password";

// A stand-in for tests: see ../README.md.
serve({
  version,
  resources: { "random:index/randomPassword:RandomPassword": randomPassword },
  checkConfig: (news) =>
    checkInputs({ rules: { version: { kind: "string", change: "record" } } }, news),
  configure: () => Promise.resolve(),
});

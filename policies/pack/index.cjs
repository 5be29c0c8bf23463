// Serves the policies as they are written: types are checked by "npm run check", not with each preview.
require("tsx/cjs");
require("../../cli/policy-pack/serve.ts");

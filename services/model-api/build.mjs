// Bundles the service and everything it needs into dist/server.mjs, so that its image is one file.
// An argument names another file to write.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

await build({
  entryPoints: [fileURLToPath(new URL("src/server.ts", import.meta.url))],
  outfile: process.argv[2] ?? fileURLToPath(new URL("dist/server.mjs", import.meta.url)),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Names stay, so that stack traces can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  // An optional native driver, asked for only by those who name it.
  external: ["pg-native"],
  // CommonJS dependencies call require, which a module does not have by itself.
  banner: {
    js: 'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);',
  },
  logLevel: "warning",
});

// Loaded into the program's process ahead of everything else.
//
// The SDK notes where each of its promises was made, some thirty for a resource, and has source maps
// translate all of these stack traces; it also sends several debug lines for each resource, one after
// the other. Nobody reads either in a dry run: the traces are for a message about leaked promises that
// an environment variable has to ask for, and the engine drops debug lines. Together they are half of
// the time that a program of many resources takes.
//
// The SDK also loads the TypeScript compiler and npm's reader of dependency trees, a sixth of the time
// of a small program. Both serve closures that are sent elsewhere, so they wait until one is.
"use strict";
const Module = require("node:module");
const { createRequire } = Module;
const path = require("node:path");
const { isMainThread } = require("node:worker_threads");

/** @param {string} runner Pulumi's runner, in the copy of the SDK that the program loads. */
function quieten(runner) {
  const sdk = path.resolve(path.dirname(runner), "../..");
  const tracing = ["runtime/debuggable.js", "resource.js"].map((file) => path.join(sdk, file));
  const untraced = new Set(tracing);
  const isOwnTrace = (error, frames) =>
    error.message === "" && untraced.has(frames[0]?.getFileName());
  const quiet = new WeakSet();
  const quieted = (format) => {
    if (quiet.has(format)) return format; // somebody who puts back what was there before
    const own = (error, frames) =>
      isOwnTrace(error, frames) ? String(error) : format(error, frames);
    quiet.add(own);
    return own;
  };
  let prepare = quieted((error, frames) => [String(error), ...frames].join("\n    at "));
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    get: () => prepare,
    // Source maps come in through here.
    set: (format) => {
      prepare = quieted(format);
    },
  });
  createRequire(runner)("../../log").debug = () => Promise.resolve();
}

/** Modules of the SDK that are loaded when something of them is used, and by whom. */
const LAZY = new Map([
  ["typescript", "typescript-shim.js"],
  ["@npmcli/arborist", "codePaths.js"],
]);

function loadLazily() {
  const load = Module._load;
  Module._load = (request, parent, isMain) => {
    const importer = LAZY.get(request);
    if (importer === undefined || path.basename(parent?.filename ?? "") !== importer) {
      return load(request, parent, isMain);
    }
    // Here, and not when first used: a package that is missing is missing now.
    Module._resolveFilename(request, parent);
    // Interop asks for the mark of an ES module, and without it would copy every export.
    const get = (_, name) =>
      name === "__esModule" || Reflect.get(load(request, parent, isMain), name);
    return new Proxy({}, { get });
  };
}

// Node.js loads this file for the threads of module loaders too, which run no program.
if (isMainThread) {
  quieten(process.argv[1]);
  loadLazily();
}

// Loaded into the program's process ahead of everything else.
//
// The SDK notes where each of its promises was made, some thirty for a resource, and has source maps
// translate all of these stack traces; it also sends several debug lines for each resource, one after
// the other. Nobody reads either in a dry run: the traces are for a message about leaked promises that
// an environment variable has to ask for, and the engine drops debug lines. Together they are half of
// the time that a program of many resources takes.
"use strict";
const { createRequire } = require("node:module");
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

// Node.js loads this file for the threads of module loaders too, which run no program.
if (isMainThread) quieten(process.argv[1]);

// Loaded into the program's process ahead of everything else.
//
// Pulumi's runner prints an uncaught error by util.inspect(error, { colors: true }), and its source
// maps place the SDK's frames in `node_modules/@pulumi/<file>.ts`. Node.js 20 looks for the end of a
// package name there, finds none, and appends to a string until that reaches the longest possible
// length: ten seconds and 3 GB for one error (nodejs/node issue 64011). The colours would be stripped
// later in any case.
"use strict";
const util = require("node:util");

const inspect = util.inspect;
const withoutColors = (value, options, ...rest) =>
  value instanceof Error && typeof options === "object"
    ? inspect(value, { ...options, colors: false })
    : inspect(value, options, ...rest);
util.inspect = Object.assign(withoutColors, inspect);

#!/usr/bin/env node
// Both of tsx's hooks: import() loads the platform in use and leaves the other.
import("tsx").then(() => require("./main.ts"));

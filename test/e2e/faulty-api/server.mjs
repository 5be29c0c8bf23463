// An API that misbehaves on demand, for the live tests of alerts. It exposes what every service of
// this project does, and takes its next fault by POST /fault: { errors: share, delayMs, memoryMiB, unwell }.
import { Buffer } from "node:buffer";
import { createServer } from "node:http";
import { performance } from "node:perf_hooks";
import { setTimeout } from "node:timers";

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10];
const started = Date.now() / 1000;
const requests = new Map();
const buckets = new Array(BUCKETS.length).fill(0);
let answered = 0;
let seconds = 0;
const NONE = { errors: 0, delayMs: 0, memoryMiB: 0, unwell: false };
let fault = { ...NONE };
let ballast = [];

function exposition() {
  const cpu = process.cpuUsage();
  return [
    "# TYPE http_requests_total counter",
    ...["200", "500"].map(
      (code) =>
        `http_requests_total{method="GET",endpoint="/",status_code="${code}"} ${requests.get(code) ?? 0}`,
    ),
    "# TYPE http_request_duration_seconds histogram",
    ...BUCKETS.map(
      (le, index) =>
        `http_request_duration_seconds_bucket{method="GET",endpoint="/",le="${le}"} ${buckets[index]}`,
    ),
    `http_request_duration_seconds_bucket{method="GET",endpoint="/",le="+Inf"} ${answered}`,
    `http_request_duration_seconds_sum{method="GET",endpoint="/"} ${seconds}`,
    `http_request_duration_seconds_count{method="GET",endpoint="/"} ${answered}`,
    "# TYPE process_resident_memory_bytes gauge",
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    "# TYPE process_start_time_seconds gauge",
    `process_start_time_seconds ${started}`,
    "# TYPE process_cpu_seconds_total counter",
    `process_cpu_seconds_total ${(cpu.user + cpu.system) / 1e6}`,
    "",
  ].join("\n");
}

function observe(code, from) {
  const took = (performance.now() - from) / 1000;
  requests.set(code, (requests.get(code) ?? 0) + 1);
  answered += 1;
  seconds += took;
  BUCKETS.forEach((le, index) => {
    if (took <= le) buckets[index] += 1;
  });
}

/** Takes memory until the whole process has this much, or gives it back. */
function hold(mebibytes) {
  ballast = [];
  globalThis.gc();
  while (process.memoryUsage.rss() < mebibytes * 1024 * 1024)
    ballast.push(Buffer.alloc(1024 * 1024, 1));
}

const server = createServer((request, response) => {
  if (request.url === "/metrics") {
    response.setHeader("content-type", "text/plain; version=0.0.4").end(exposition());
  } else if (request.url === "/health") {
    response.writeHead(fault.unwell ? 503 : 200).end();
  } else if (request.url === "/fault" && request.method === "POST") {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      fault = { ...NONE, ...JSON.parse(body) };
      hold(fault.memoryMiB);
      response.end("ok");
    });
  } else {
    const from = performance.now();
    const code = Math.random() < fault.errors ? "500" : "200";
    setTimeout(() => {
      observe(code, from);
      response.writeHead(Number(code)).end();
    }, fault.delayMs);
  }
});
server.listen(8000, "0.0.0.0");
process.on("SIGTERM", () => server.close(() => process.exit(0)));

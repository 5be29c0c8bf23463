import type { AlertDefinitions } from "./alert";
import { count, duration, percent } from "./threshold";

/** The machines that everything runs on, as node-exporter sees them. */
export const hostAlerts = {
  HostCpuHigh: {
    severity: "warning",
    for: "15m",
    threshold: percent({
      default: "90%",
      lowest: "10%",
      highest: "100%",
      source: "node-mixin of node_exporter",
    }),
    summary: "A host's processors are busy.",
    dashboard: "host",
  },
  HostMemoryHigh: {
    severity: "critical",
    for: "5m",
    threshold: percent({
      default: "90%",
      lowest: "10%",
      highest: "99%",
      source: "the limit that many teams page at",
    }),
    summary: "A host is running out of memory.",
    dashboard: "host",
  },
  HostOomKills: {
    severity: "warning",
    summary: "The kernel killed a process for want of memory.",
    dashboard: "host",
  },
  HostSwapping: {
    severity: "warning",
    for: "10m",
    threshold: count({
      default: "1000",
      lowest: "1",
      highest: "1000000",
      source: "pages a second, 4 MB of each kind of traffic",
    }),
    summary: "A host moves memory to disk and back all the time.",
    dashboard: "host",
  },
  HostDiskFull: {
    severity: "warning",
    for: "5m",
    threshold: percent({
      default: "85%",
      lowest: "10%",
      highest: "99%",
      source: "leaves days on most hosts",
    }),
    summary: "A file system is filling up.",
    dashboard: "host",
  },
  HostDiskAlmostFull: {
    severity: "critical",
    for: "5m",
    threshold: percent({
      default: "95%",
      lowest: "50%",
      highest: "100%",
      source: "node-mixin of node_exporter",
    }),
    summary: "A file system is all but full.",
    dashboard: "host",
  },
  HostDiskFillingUp: {
    severity: "warning",
    for: "1h",
    threshold: percent({
      default: "60%",
      lowest: "0%",
      highest: "95%",
      source: "used so far; below that, a fresh host that loads images would alarm",
    }),
    summary: "A file system will be full within a day.",
    dashboard: "host",
  },
  HostInodes: {
    severity: "warning",
    for: "5m",
    threshold: percent({
      default: "90%",
      lowest: "10%",
      highest: "99%",
      source: "node-mixin of node_exporter has 95 and 97 %",
    }),
    summary: "A file system is running out of files.",
    dashboard: "host",
  },
  HostReadOnlyFilesystem: {
    severity: "critical",
    for: "5m",
    summary: "A file system has turned read-only.",
    dashboard: "host",
  },
  HostDiskSlow: {
    severity: "warning",
    for: "15m",
    threshold: percent({
      default: "30%",
      lowest: "1%",
      highest: "100%",
      source: "of the time, all tasks at once",
    }),
    summary: "Everything on a host waits for its disks.",
    dashboard: "host",
  },
  HostFileDescriptors: {
    severity: "warning",
    for: "15m",
    threshold: percent({
      default: "80%",
      lowest: "10%",
      highest: "100%",
      source: "between the 70 and 90 % of node-mixin",
    }),
    summary: "A host is running out of open files.",
    dashboard: "host",
  },
  HostClockSkew: {
    severity: "warning",
    for: "10m",
    threshold: duration({
      default: "5s",
      lowest: "1s",
      highest: "1h",
      source: "apart from the clock of Prometheus",
    }),
    summary: "A host's clock is wrong.",
    dashboard: "host",
  },
  HostClockNotSynchronising: {
    severity: "warning",
    for: "15m",
    summary: "A host's clock is no longer set by anybody.",
    dashboard: "host",
  },
} as const satisfies AlertDefinitions;

/** What Alertmanager has counted of one receiver since it started. */
export interface NotificationCounts {
  /** Requests to the channel. */
  readonly requests: number;
  /** Those of them that failed; some are tried again. */
  readonly failedRequests: number;
  /** Notifications that were given up. */
  readonly givenUp: number;
}

/** Nothing counted yet: a series begins with the first event. */
export const NO_NOTIFICATIONS: NotificationCounts = { requests: 0, failedRequests: 0, givenUp: 0 };

const SERIES: Readonly<Record<string, keyof NotificationCounts>> = {
  alertmanager_notification_requests_total: "requests",
  alertmanager_notification_requests_failed_total: "failedRequests",
  alertmanager_notifications_failed_total: "givenUp",
};

/** One receiver's counts in an exposition, over all of its channels and reasons. */
export function notificationCounts(exposition: string, receiver: string): NotificationCounts {
  const counts = { ...NO_NOTIFICATIONS };
  for (const line of exposition.split("\n")) {
    const [, series = "", labels = "", value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
    const key = SERIES[series];
    if (key === undefined || !labels.split(",").includes(`receiver_name="${receiver}"`)) continue;
    counts[key] += Number(value);
  }
  return counts;
}

/** Adds or subtracts counts, field by field. */
export function combine(
  a: NotificationCounts,
  b: NotificationCounts,
  sign: 1 | -1 = 1,
): NotificationCounts {
  return {
    requests: a.requests + sign * b.requests,
    failedRequests: a.failedRequests + sign * b.failedRequests,
    givenUp: a.givenUp + sign * b.givenUp,
  };
}

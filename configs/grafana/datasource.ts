import { DATASOURCE_UID } from "../../dashboards/datasource";
import { SECRETS_DIRECTORY } from "../../model/secrets";
import type { QuerySettings } from "../../model/settings/query";
import type { Stack } from "../../model/stack";
import { PROMETHEUS, PROMETHEUS_PORT } from "../../model/workloads/prometheus";
import { toYaml } from "../yaml";

/** The secret file with the login for a store elsewhere; no declared name can be the same. */
export const QUERY_SECRET = "prometheus.query";

/** The file that provisions the one datasource. */
export function datasourceYaml({ settings }: Stack): string {
  const { query, scrapeInterval } = settings.prometheus;
  const { jsonData, ...rest } = query ? elsewhere(query) : own();
  return toYaml({
    apiVersion: 1,
    prune: true,
    datasources: [
      {
        name: "Prometheus",
        uid: DATASOURCE_UID,
        type: "prometheus",
        access: "proxy",
        ...rest,
        isDefault: true,
        editable: false,
        jsonData: {
          httpMethod: "POST",
          timeInterval: scrapeInterval.toString(),
          ...jsonData,
        },
      },
    ],
  });
}

/** What differs between the places that Grafana may ask. */
interface Place {
  readonly url: string;
  readonly jsonData?: object;
  readonly [field: string]: unknown;
}

/**
 * With several Prometheus the name leads to all that are ready. Each has scraped everything, so any
 * one can answer; Grafana keeps its connection to one, and when that one is gone, its dialler goes
 * on to the next address.
 */
function own(): Place {
  return { url: `http://${PROMETHEUS}:${PROMETHEUS_PORT}` };
}

/** Headers are numbered from 1 in Grafana's provisioning; all their values go in encrypted. */
function elsewhere({ url, username, secret, headers = {} }: QuerySettings): Place {
  const password =
    secret === undefined ? undefined : `$__file{${SECRETS_DIRECTORY}/${QUERY_SECRET}}`;
  const byUser = username !== undefined && password !== undefined;
  const sent = [
    ...Object.entries(headers).map(([name, value]): [string, string] => [name, escaped(value)]),
    ...(password !== undefined && !byUser
      ? [["Authorization", `Bearer ${password}`] as [string, string]]
      : []),
  ];
  const secureJsonData = {
    ...(byUser && { basicAuthPassword: password }),
    ...numbered(
      "httpHeaderValue",
      sent.map(([, value]) => value),
    ),
  };
  return {
    url,
    ...(byUser && { basicAuth: true, basicAuthUser: escaped(username) }),
    ...(Object.keys(secureJsonData).length > 0 && { secureJsonData }),
    jsonData: numbered(
      "httpHeaderName",
      sent.map(([name]) => name),
    ),
  };
}

const numbered = (field: string, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value, index) => [`${field}${index + 1}`, value]));

/** Grafana expands `$NAME` in provisioning; a doubled sign stays one. */
const escaped = (text: string): string => text.replaceAll("$", "$$$$");

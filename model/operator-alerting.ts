import type { FileMount } from "./files";

/** The Secret that the receivers read, in the namespace of the object itself; keys as the files are. */
export const ALERTING_SECRET = "alertmanager-secrets";

/** A key of a Secret in the same namespace. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** What a label must be for an alert to match. */
export interface OperatorMatcher {
  readonly name: string;
  readonly matchType: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** A node of the tree of routes. */
export interface OperatorRoute {
  readonly receiver?: string;
  readonly matchers?: readonly OperatorMatcher[];
  readonly continue?: boolean;
  readonly groupBy?: readonly string[];
  readonly groupWait?: string;
  readonly groupInterval?: string;
  readonly repeatInterval?: string;
  readonly muteTimeIntervals?: readonly string[];
  readonly routes?: readonly OperatorRoute[];
}

/** What quiets what. */
export interface OperatorInhibitRule {
  readonly sourceMatch: readonly OperatorMatcher[];
  readonly targetMatch: readonly OperatorMatcher[];
  readonly equal: readonly string[];
}

/** A named stretch of time, in UTC: the kind has no time zones. */
export interface OperatorMuteTime {
  readonly name: string;
  readonly timeIntervals: readonly {
    readonly times?: readonly { readonly startTime: string; readonly endTime: string }[];
    readonly weekdays?: readonly string[];
    readonly months?: readonly string[];
  }[];
}

interface Told {
  readonly sendResolved: boolean;
}
interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** A receiver as far as it is used; templates stand in the fields themselves. */
export interface OperatorReceiver {
  readonly name: string;
  readonly telegramConfigs?: readonly (Told & {
    readonly apiURL?: string;
    readonly botToken: SecretKey;
    readonly chatID: number;
    readonly messageThreadID?: number;
    readonly parseMode: "HTML";
    readonly message: string;
  })[];
  readonly slackConfigs?: readonly (Told & {
    readonly apiURL: SecretKey;
    readonly channel?: string;
    readonly color: string;
    readonly title: string;
    readonly fallback: string;
    readonly text: string;
  })[];
  readonly discordConfigs?: readonly (Told & {
    readonly apiURL: SecretKey;
    readonly title: string;
    readonly message: string;
  })[];
  readonly emailConfigs?: readonly (Told & {
    readonly to: string;
    readonly from: string;
    readonly smarthost: string;
    readonly authUsername?: string;
    readonly authPassword?: SecretKey;
    readonly requireTLS: boolean;
    readonly headers: readonly KeyValue[];
    readonly html: string;
    readonly text: string;
  })[];
  readonly pagerdutyConfigs?: readonly (Told & {
    readonly routingKey: SecretKey;
    readonly url?: string;
    readonly description: string;
    readonly severity: string;
    readonly client: string;
    readonly details: readonly KeyValue[];
  })[];
  readonly webhookConfigs?: readonly (Told & {
    readonly url?: string;
    readonly urlSecret?: SecretKey;
    readonly maxAlerts: number;
    readonly httpConfig?: { readonly authorization: { readonly credentials: SecretKey } };
  })[];
}

/** The part of an AlertmanagerConfig that is used (v1alpha1). */
export interface OperatorAlertingSpec {
  readonly route: OperatorRoute;
  readonly receivers: readonly OperatorReceiver[];
  readonly inhibitRules: readonly OperatorInhibitRule[];
  readonly muteTimeIntervals?: readonly OperatorMuteTime[];
}

/** Who is told of alerts by the Alertmanager of the cluster. */
export interface OperatorAlerting {
  readonly spec: OperatorAlertingSpec;
  /** What goes into the Secret; none where no receiver has one. */
  readonly secrets: readonly FileMount[];
}

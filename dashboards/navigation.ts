import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { serviceDashboard, type WatchedService } from "../model/watched-services";
import { RUNBOOKS_UID } from "./runbook-panel";

/** uid of the first page. */
export const OVERVIEW_UID = "backend-overview";
/** uid of the page of alerts. */
export const ALERTS_UID = "alerts";

const PAGES = [
  { title: "Overview", uid: OVERVIEW_UID },
  { title: "Alerts", uid: ALERTS_UID },
  { title: "Runbooks", uid: RUNBOOKS_UID },
] as const;

/** The links at the top of every dashboard, the same everywhere; the time shown goes along. */
export function navigation(): Builder<DashboardLink>[] {
  return PAGES.map(({ title, uid }) => ({
    build: () => {
      const link = linkTo(uid, title).type(DashboardLinkType.Link).keepTime(true).build();
      // The SDK would fold it away in a menu.
      delete link.placement;
      return link;
    },
  }));
}

/** From a line of a panel to the page of the service that it is about; one for each kind of page. */
export function serviceLinks(services: readonly WatchedService[]): Builder<DashboardLink>[] {
  const pages = new Set(services.map(({ settings }) => serviceDashboard(settings)));
  return [...pages].map((uid) =>
    linkTo(
      `${uid}?var-service=\${__field.labels.service}&\${__url_time_range}`,
      uid === "service" ? "Service ${__field.labels.service}" : "Worker ${__field.labels.service}",
    ),
  );
}

const linkTo = (target: string, title: string): DashboardLinkBuilder =>
  new DashboardLinkBuilder(title).url(`/d/${target}`);

import { DashboardBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { navigation } from "./navigation";

/** An empty dashboard with what all have in common. */
export function startDashboard(uid: string, title: string): DashboardBuilder {
  return new DashboardBuilder(title)
    .uid(uid)
    .tags(["whalewatch"])
    .timezone("browser")
    .links(navigation());
}

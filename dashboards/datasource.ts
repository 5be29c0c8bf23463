/** The identity of the one datasource, which every panel names and Grafana's provisioning sets. */
export const DATASOURCE_UID = "Prometheus";

import { dashboards } from "../../../dashboards/all.ts";
import type { Panel } from "../../../dashboards/panel.ts";
import { WaybillError } from "../../kernel/errors.ts";
import type { DashboardView } from "./panel-view.ts";

/** All dashboards, without their queries. */
export function listDashboards(): DashboardView[] {
  return dashboards.map(({ panels, ...dashboard }) => ({
    ...dashboard,
    panels: panels.map(({ id, title, tells, unit, kind, thresholds = [] }) => {
      return { id, title, tells, unit, kind, thresholds: [...thresholds] };
    }),
  }));
}

/** A panel by the ids of its dashboard and its own. @throws WaybillError not_found */
export function findPanel(dashboardId: string, panelId: string): Panel {
  const dashboard = dashboards.find(({ id }) => id === dashboardId);
  const panel = dashboard?.panels.find(({ id }) => id === panelId);
  if (panel === undefined) throw new WaybillError("not_found");
  return panel;
}

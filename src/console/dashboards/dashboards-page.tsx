"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { DashboardView } from "../../triage/dashboards/panel-view.ts";
import { PageHead } from "../page/page-head.tsx";
import { Loaded } from "../states/loaded.tsx";
import { dashboardsQuery } from "./dashboards.query.ts";
import classes from "./dashboards-page.module.css";
import { dashboardsState } from "./dashboards-state.ts";
import { PanelCard, type PanelCardProps } from "./panel-card.tsx";
import { type ShownTime, shownTime } from "./shown-time.model.ts";
import { TimeBar } from "./time-bar.tsx";

/** All dashboards on one page, over one time, which stands in the address. */
export function DashboardsPage() {
  const [state, setState] = useQueryStates(dashboardsState, { history: "push" });
  const list = useQuery(dashboardsQuery);
  const time = shownTime(state);
  const show = (shown: ShownTime) =>
    void setState(
      shown.kind === "live"
        ? { range: shown.range, from: null, to: null }
        : { from: shown.from, to: shown.to },
    );
  return (
    <>
      <PageHead title="Dashboards" actions={<TimeBar time={time} range={state.range} onShow={show} />} />
      <Loaded read={list} loading={<Skeleton height={360} />} failed="The dashboards could not be read">
        {({ items }) =>
          items.map((dashboard) => (
            <Section
              key={dashboard.id}
              dashboard={dashboard}
              time={time}
              pick={state.pick}
              onPick={(pick) => void setState({ pick })}
              onShow={show}
            />
          ))
        }
      </Loaded>
    </>
  );
}

function Section({
  dashboard,
  ...shared
}: { dashboard: DashboardView } & Pick<PanelCardProps, "time" | "pick" | "onPick" | "onShow">) {
  return (
    <section className={classes.section} aria-labelledby={`dashboard-${dashboard.id}`}>
      <h2 className={classes.name} id={`dashboard-${dashboard.id}`}>
        {dashboard.title}
      </h2>
      <p className={classes.tells}>{dashboard.tells}</p>
      <div className={classes.panels}>
        {dashboard.panels.map((panel) => (
          <PanelCard key={panel.id} dashboardId={dashboard.id} panel={panel} {...shared} />
        ))}
      </div>
    </section>
  );
}

"use client";

import { useQueryStates } from "nuqs";
import { memo } from "react";
import { useNow } from "../../shell/now.tsx";
import { BudgetsFrame } from "../budgets-frame.tsx";
import { CostChart } from "./cost-chart.tsx";
import { CostsGlance } from "./costs-glance.tsx";
import classes from "./costs-page.module.css";
import { type CostsSpan, costsSpan } from "./costs-span.model.ts";
import { costsState } from "./costs-state.ts";
import { CostsToolbar } from "./costs-toolbar.tsx";
import { DearestFiles } from "./dearest-files.tsx";
import { MeterTable } from "./meter-table.tsx";
import { WasteTable } from "./waste-table.tsx";

/** What was spent: over time, for what, for nothing, and by which files. */
export function CostsPage() {
  const [state] = useQueryStates(costsState);
  const { from, to, bucket } = costsSpan(state, useNow());
  return (
    <BudgetsFrame>
      <Costs from={from} to={to} bucket={bucket} />
    </BudgetsFrame>
  );
}

/** Drawn anew when the span or the filters change, and not with every second of the clock. */
const Costs = memo(function Costs({ from, to, bucket }: CostsSpan) {
  const [state, setState] = useQueryStates(costsState);
  const span = { from, to, bucket };
  const { by, project, step, meter, model } = state;
  const filter = { project, step, meter, model };
  const change = (part: Parameters<typeof setState>[0]) => void setState(part, { history: "push" });
  return (
    <>
      <CostsToolbar state={state} span={span} onChange={change} />
      <CostsGlance span={span} project={project} />
      <CostChart
        by={by}
        span={span}
        filter={filter}
        onPick={(key) => change({ [by]: key })}
        onBrush={(drawn) => change({ from: drawn.from, to: drawn.to })}
      />
      <div className={classes.pair}>
        <MeterTable span={span} filter={filter} />
        <WasteTable span={span} project={project} />
      </div>
      <DearestFiles span={span} project={project} />
    </>
  );
});

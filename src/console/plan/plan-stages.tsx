import type { PlanView } from "../../triage/plans/plan-view.ts";
import { formatCount } from "../format/count.ts";
import { PageSection } from "../page/page-section.tsx";
import classes from "./plan-stages.module.css";

/** Which steps would be done and which stand, in the order of the graph. */
export function PlanStages({ plan }: { plan: PlanView }) {
  return (
    <PageSection title="What runs, what is reused">
      <ol className={classes.route}>
        {plan.stages.map(({ step, runs, reused, ahead }) => (
          <li key={step} className={classes.stop} data-runs={runs + ahead > 0}>
            <span className={classes.name}>{step}</span>
            {runs > 0 && <span className={classes.runs}>{formatCount(runs)} run</span>}
            {ahead > 0 && <span className={classes.runs}>{formatCount(ahead)} ahead</span>}
            {reused > 0 && <span>{formatCount(reused)} reused</span>}
            {runs + reused + ahead === 0 && <span>none</span>}
          </li>
        ))}
      </ol>
      <p className={classes.note}>
        Counted in steps.
        {plan.stages.some(({ ahead }) => ahead > 0) &&
          ` Ahead are files whose steps are planned on the way. ${aheadNote(plan.cost.unknown)}`}
      </p>
    </PageSection>
  );
}

function aheadNote(unknown: readonly string[]): string {
  return unknown.length === 0
    ? "Their cost is what files of about the same size have cost there lately."
    : "Nothing is known yet of what some of those cost: no file has come through them lately.";
}

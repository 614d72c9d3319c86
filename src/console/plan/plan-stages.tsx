import type { PlanView } from "../../triage/plans/plan-view.ts";
import { formatCount } from "../format/count.ts";
import { PageSection } from "../page/page-section.tsx";
import classes from "./plan-stages.module.css";

/** Which steps would be done and which stand, in the order of the graph. */
export function PlanStages({ plan }: { plan: PlanView }) {
  return (
    <PageSection title="What runs, what is reused">
      <ol className={classes.route}>
        {plan.stages.map(({ step, runs, reused }) => (
          <li key={step} className={classes.stop} data-runs={runs > 0}>
            <span className={classes.name}>{step}</span>
            {runs > 0 && <span className={classes.runs}>{formatCount(runs)} run</span>}
            {reused > 0 && <span>{formatCount(reused)} reused</span>}
            {runs + reused === 0 && <span>none yet</span>}
          </li>
        ))}
      </ol>
      <p className={classes.note}>Counted in steps. What a step plans anew on its way is not counted yet.</p>
    </PageSection>
  );
}

"use client";

import { Skeleton } from "@mantine/core";
import type { PlanView } from "../../triage/plans/plan-view.ts";
import { useLiveQuery } from "../page/live.tsx";
import { PageHeadSkeleton } from "../page/page-head-skeleton.tsx";
import { PageColumns } from "../page/page-section.tsx";
import { Loaded } from "../states/loaded.tsx";
import { planQuery } from "./plan.query.ts";
import { PlanBudgets } from "./plan-budgets.tsx";
import { PlanFacts } from "./plan-facts.tsx";
import { PlanFiles } from "./plan-files.tsx";
import { PlanHead } from "./plan-head.tsx";
import { PlanOptions } from "./plan-options.tsx";
import { PlanStages } from "./plan-stages.tsx";

/** A frozen plan of a requeue: what would be done, what it would cost, what is left out, and the button that does it. */
export function PlanPage({ id }: { id: string }) {
  const plan = useLiveQuery(planQuery(id));
  return (
    <Loaded
      read={plan}
      loading={<PlanSkeleton />}
      failed="The plan could not be read"
      missing={{
        title: "No plan has this id",
        text: "The address may be cut short.",
        href: "/requeues",
        link: "To the requeues",
      }}
    >
      {/* Of another plan, nothing that was typed or sent may be kept. */}
      {(data) => <LoadedPlan key={id} plan={data} readAtMs={plan.dataUpdatedAt} />}
    </Loaded>
  );
}

function LoadedPlan({ plan, readAtMs }: { plan: PlanView; readAtMs: number }) {
  return (
    <>
      <PlanHead plan={plan} readAtMs={readAtMs} />
      <PlanFacts plan={plan} />
      {plan.included > 0 && (
        <PageColumns>
          <PlanStages plan={plan} />
          <PlanBudgets plan={plan} />
        </PageColumns>
      )}
      <PlanOptions plan={plan} />
      <PlanFiles plan={plan} />
    </>
  );
}

function PlanSkeleton() {
  return (
    <div aria-busy="true">
      <PageHeadSkeleton />
      <Skeleton height={62} mb={20} />
      <Skeleton height={120} mb={20} />
      <Skeleton height={220} />
    </div>
  );
}

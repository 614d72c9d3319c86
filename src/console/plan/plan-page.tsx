"use client";

import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { PlanView } from "../../triage/plans/plan-view.ts";
import { ApiError } from "../api-error.ts";
import { EmptyState } from "../states/empty-state.tsx";
import { FailureState } from "../states/failure-state.tsx";
import { StaleNotice } from "../states/stale-notice.tsx";
import { planQuery } from "./plan.query.ts";
import { PlanBudgets } from "./plan-budgets.tsx";
import { PlanFacts } from "./plan-facts.tsx";
import { PlanFiles } from "./plan-files.tsx";
import { PlanHead } from "./plan-head.tsx";
import { PlanOptions } from "./plan-options.tsx";
import classes from "./plan-page.module.css";
import { PlanStages } from "./plan-stages.tsx";

/** A frozen plan of a requeue: what would be done, what it would cost, what is left out, and the button that does it. */
export function PlanPage({ id }: { id: string }) {
  const plan = useQuery(planQuery(id));
  const retry = () => void plan.refetch();
  if (plan.data === undefined) {
    if (plan.error === null) return <PlanSkeleton />;
    if (plan.error instanceof ApiError && plan.error.status === 404) return <NoSuchPlan />;
    return <FailureState title="The plan could not be read" error={plan.error} onRetry={retry} />;
  }
  return (
    <>
      {plan.error !== null && (
        <StaleNotice error={plan.error} readAtMs={plan.dataUpdatedAt} onRetry={retry} />
      )}
      {/* Of another plan, nothing that was typed or sent may be kept. */}
      <LoadedPlan key={id} plan={plan.data} />
    </>
  );
}

function LoadedPlan({ plan }: { plan: PlanView }) {
  return (
    <>
      <PlanHead plan={plan} />
      <PlanFacts plan={plan} />
      {plan.included > 0 && (
        <div className={classes.columns}>
          <PlanStages plan={plan} />
          <PlanBudgets plan={plan} />
        </div>
      )}
      <PlanOptions plan={plan} />
      <PlanFiles plan={plan} />
    </>
  );
}

function PlanSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton height={12} width={90} mb={10} />
      <Skeleton height={24} width="45%" mb={12} />
      <Skeleton height={18} width="70%" mb={16} />
      <Skeleton height={62} mb={20} />
      <Skeleton height={120} mb={20} />
      <Skeleton height={220} />
    </div>
  );
}

function NoSuchPlan() {
  return (
    <EmptyState title="No plan has this id" text="The address may be cut short.">
      <Button component={Link} href="/requeues" variant="default">
        To the requeues
      </Button>
    </EmptyState>
  );
}

"use client";

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { BudgetView, HeldStepView } from "../../../costs/budgets/budget-view.ts";
import { formatCount } from "../../format/count.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import { DeedButton } from "../../me/deed-button.tsx";
import { useStill } from "../../page/live.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { StaleNotice } from "../../states/stale-notice.tsx";
import { holdsQuery } from "../budgets.query.ts";
import classes from "./held-steps.module.css";

/** The steps that wait for a budget, in the order in which they go on: the oldest document first. */
export function HeldSteps({ budget, onRelease }: { budget: BudgetView; onRelease: () => void }) {
  const held = useInfiniteQuery({ ...holdsQuery(budget.id), enabled: budget.holds.count > 0, ...useStill() });
  if (budget.holds.count === 0) return <p className={classes.none}>Nothing waits for this budget.</p>;
  const retry = () => void held.refetch();
  if (held.data === undefined) {
    if (held.error === null) return <Skeleton className={classes.section ?? ""} height={120} />;
    return <FailureState title="What it holds could not be read" error={held.error} onRetry={retry} />;
  }
  const steps = held.data.pages.flatMap(({ items }) => items);
  return (
    <section className={classes.section} id={`holds-${budget.id}`} aria-label="Held steps">
      <div className={classes.head}>
        <h3 className={classes.title}>
          Held <span className={classes.count}>{formatCount(budget.holds.count)}</span>
        </h3>
        <p className={classes.sum}>
          need <MoneyText nanoUsd={budget.holds.neededNanoUsd} /> together, go on by themselves, the oldest
          document first
        </p>
        <DeedButton deed="POST /api/v1/budgets/{id}/release" variant="default" onClick={onRelease}>
          Release
        </DeedButton>
        <ExportMenu
          label="Export the held steps"
          path={`/api/v1/budgets/${encodeURIComponent(budget.id)}/holds`}
          query={{}}
        />
      </div>
      {held.error !== null && (
        <StaleNotice error={held.error} readAtMs={held.dataUpdatedAt} onRetry={retry} />
      )}
      <HeldTable steps={steps} />
      {held.hasNextPage && (
        <Button
          variant="default"
          className={classes.more ?? ""}
          loading={held.isFetchingNextPage}
          onClick={() => void held.fetchNextPage()}
        >
          Show more held steps
        </Button>
      )}
    </section>
  );
}

function HeldTable({ steps }: { steps: readonly HeldStepView[] }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>File</th>
          <th>Step</th>
          <th className={classes.project}>Project</th>
          <th className={classes.number}>Needs</th>
          <th className={classes.number}>Since</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.stepId}>
            <td>
              <Link className={classes.file} href={`/files/${encodeURIComponent(step.fileId)}`}>
                {step.fileName}
              </Link>
              {step.aboveLimit && (
                <p className={classes.never}>Needs more than the whole limit: never goes on by itself.</p>
              )}
            </td>
            <td className={classes.step}>
              {step.step}
              {step.shard > 0 && <span className={classes.quiet}> no. {step.shard + 1}</span>}
            </td>
            <td className={`${classes.project} ${classes.quiet}`}>{step.project}</td>
            <td className={classes.number}>
              <MoneyText nanoUsd={step.neededNanoUsd} />
            </td>
            <td className={`${classes.number} ${classes.quiet}`}>
              <MomentText at={step.since} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

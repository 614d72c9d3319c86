"use client";

import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import type { CostSummaryView } from "../../../costs/reports/cost-views.ts";
import { shareOf } from "../../../costs/reports/share-of.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { formatDuration } from "../../format/duration.ts";
import { MoneyText } from "../../format/money-text.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { StaleNotice } from "../../states/stale-notice.tsx";
import { FigureLink } from "../figure-link.tsx";
import { ledgerHref } from "../ledger-href.ts";
import { shareText } from "./cost-chart.model.ts";
import { costSummaryQuery } from "./costs.query.ts";
import classes from "./costs-glance.module.css";
import type { CostsSpan } from "./costs-span.model.ts";

/** What was spent in the span, what of it for nothing, and what came of it. */
export function CostsGlance({ span, project }: { span: CostsSpan; project: string }) {
  const summary = useLiveQuery(costSummaryQuery(span, project));
  const retry = () => void summary.refetch();
  if (summary.data === undefined) {
    if (summary.error === null) return <Skeleton className={classes.waiting ?? ""} height={77} />;
    return <FailureState title="The costs could not be read" error={summary.error} onRetry={retry} />;
  }
  return (
    <>
      {summary.error !== null && (
        <StaleNotice error={summary.error} readAtMs={summary.dataUpdatedAt} onRetry={retry} />
      )}
      <Figures summary={summary.data} project={project} />
    </>
  );
}

function Figures({ summary, project }: { summary: CostSummaryView; project: string }) {
  const { waste, perThousandPages, ingested } = summary;
  const files = new URLSearchParams(project === "" ? {} : { project });
  return (
    <dl className={classes.figures} aria-label="At a glance">
      <Figure label="Spent" note={formatCounted(summary.entries, "entry", "entries")}>
        <FigureLink href={ledgerHref(summary.ledger)}>
          <MoneyText nanoUsd={summary.nanoUsd} />
        </FigureLink>
      </Figure>
      <Figure label="For nothing" note={shareText(shareOf(waste.nanoUsd, summary.nanoUsd))}>
        <FigureLink href={ledgerHref(waste.ledger)}>
          <MoneyText nanoUsd={waste.nanoUsd} />
        </FigureLink>
      </Figure>
      <Figure label="Per 1,000 pages" note={`${formatCounted(ingested.pages, "page")} ingested`}>
        {perThousandPages.nanoUsd === null ? (
          "–"
        ) : (
          <FigureLink href={ledgerHref(perThousandPages.ledger)}>
            <MoneyText nanoUsd={perThousandPages.nanoUsd} />
          </FigureLink>
        )}
      </Figure>
      <Figure
        label="Files"
        note={`${formatCount(ingested.succeeded)} succeeded, ${formatCount(ingested.failed)} failed`}
      >
        <FigureLink href={`/files?${files}`}>{formatCount(ingested.uploads)}</FigureLink>
      </Figure>
      <Figure label="Upload to searchable" note="on average">
        {ingested.searchableMs === null ? "–" : formatDuration(ingested.searchableMs)}
      </Figure>
    </dl>
  );
}

function Figure(props: { label: string; note: string; children: ReactNode }) {
  return (
    <div className={classes.figure}>
      <dt>{props.label}</dt>
      <dd className={classes.value}>{props.children}</dd>
      <dd className={classes.note}>{props.note}</dd>
    </div>
  );
}

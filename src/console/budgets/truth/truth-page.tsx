"use client";

import { Button, Select, Skeleton } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { truthWords } from "../../../costs/truth/reason-words.ts";
import type { Truth } from "../../../costs/truth/truth-view.ts";
import { formatAgo } from "../../format/moment.ts";
import { ExportMenu } from "../../list/export-menu.tsx";
import { useNow } from "../../shell/now.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { StaleNotice } from "../../states/stale-notice.tsx";
import { BudgetsFrame } from "../budgets-frame.tsx";
import { truthQuery } from "./truth.query.ts";
import { TruthList } from "./truth-list.tsx";
import classes from "./truth-page.module.css";
import { type TruthRange, truthRanges, truthState } from "./truth-state.ts";

const rangeWords: Readonly<Record<TruthRange, string>> = {
  "1h": "The last hour",
  "24h": "The last 24 hours",
  "3d": "The last 3 days",
  "30d": "The last 30 days",
};

/** Whether the ledger is true: each meter against what its provider counted, each difference with its reasons. */
export function TruthPage() {
  const [{ range }, setState] = useQueryStates(truthState);
  const truth = useQuery(truthQuery(range));
  const again = () => void truth.refetch();
  return (
    <BudgetsFrame>
      <div className={classes.toolbar}>
        <Select
          aria-label="Time"
          className={classes.range ?? ""}
          data={truthRanges.map((value) => ({ value, label: rangeWords[value] }))}
          value={range}
          allowDeselect={false}
          onChange={(value) => void setState({ range: truthRanges.find((one) => one === value) ?? null })}
        />
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} stroke={1.75} />}
          loading={truth.isFetching}
          onClick={again}
        >
          Ask again
        </Button>
        {truth.data !== undefined && <AskedAt atMs={truth.dataUpdatedAt} />}
        {truth.data !== undefined && (
          <ExportMenu path="/api/v1/costs/truth" query={{ from: truth.data.from, to: truth.data.to }} />
        )}
      </div>
      {truth.data === undefined ? (
        <Unread error={truth.error} onRetry={again} />
      ) : (
        <>
          {truth.error !== null && (
            <StaleNotice error={truth.error} readAtMs={truth.dataUpdatedAt} onRetry={again} />
          )}
          <ReadTruth truth={truth.data} />
        </>
      )}
    </BudgetsFrame>
  );
}

function AskedAt({ atMs }: { atMs: number }) {
  return <p className={classes.asked}>Asked {formatAgo(new Date(atMs).toISOString(), useNow())}</p>;
}

function Unread({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (error !== null)
    return <FailureState title="The meters could not be read" error={error} onRetry={onRetry} />;
  return (
    <div aria-busy="true" role="status" aria-label="The providers are being asked">
      <Skeleton height={18} width="40%" mb="md" />
      <Skeleton height={280} />
    </div>
  );
}

function ReadTruth({ truth }: { truth: Truth }) {
  const silent = truth.sources.filter(({ state }) => state !== "read");
  return (
    <>
      <p className={classes.headline} data-state={truth.state}>
        {truthWords[truth.state]}
      </p>
      {silent.map(({ name, why, errorCode }) => (
        <p key={name} className={classes.silent} role="status">
          {why} {errorCode !== null && <Link href={`/errors/${errorCode}`}>{errorCode}</Link>}
        </p>
      ))}
      {truth.lines.length === 0 ? (
        <EmptyState
          title="Nothing was spent"
          text="The ledger has no entries of this time, and no provider that answered has counted anything."
        />
      ) : (
        <TruthList truth={truth} />
      )}
    </>
  );
}

"use client";

import { Skeleton } from "@mantine/core";
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconHelpCircleFilled,
} from "@tabler/icons-react";
import type { Overview } from "../../triage/overview/overview-view.ts";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import { useNow } from "../shell/now.tsx";
import { Loaded } from "../states/loaded.tsx";
import { useTimeChoice } from "../time/time-zone.tsx";
import { overviewQuery } from "./overview.query.ts";
import classes from "./overview-page.module.css";
import { FailuresTile, StuckTile } from "./tiles/failing-tiles.tsx";
import { BacklogTile, SearchableTile, ThroughputTile } from "./tiles/flow-tiles.tsx";
import { ProvidersTile, ReconciliationTile, RequeuesTile } from "./tiles/house-tiles.tsx";
import { MoneyTile } from "./tiles/money-tile.tsx";
import { type TileSize, TileSkeleton } from "./tiles/tile.tsx";
import { verdictOf } from "./verdict.model.ts";

/** The first page: whether anything is wrong, and below that each part of the house, which leads on. */
export function OverviewPage() {
  const overview = useLiveQuery(overviewQuery);
  return (
    <>
      <PageHead title="Overview" readAtMs={overview.dataUpdatedAt} />
      <Loaded read={overview} loading={<OverviewSkeleton />} failed="The overview could not be read">
        {(parts) => (
          <>
            <VerdictLine overview={parts} />
            <div className={classes.tiles}>
              <FailuresTile part={parts.failures} />
              <StuckTile part={parts.stuck} />
              <BacklogTile part={parts.backlog} />
              <SearchableTile part={parts.searchable} />
              <ThroughputTile part={parts.throughput} />
              <ProvidersTile part={parts.providers} />
              <RequeuesTile part={parts.requeues} />
              <ReconciliationTile part={parts.reconciliation} />
              <MoneyTile part={parts.money} />
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

const icons = {
  bad: IconCircleXFilled,
  wait: IconAlertTriangleFilled,
  unknown: IconHelpCircleFilled,
  calm: IconCircleCheckFilled,
} as const;

function VerdictLine({ overview }: { overview: Overview }) {
  const { timeZone } = useTimeChoice();
  const { tone, text } = verdictOf(overview, { now: useNow(), timeZone });
  const Icon = icons[tone];
  return (
    <p className={classes.verdict} data-tone={tone} role="status">
      <Icon size={20} aria-hidden="true" />
      <span>{text}</span>
    </p>
  );
}

/** Of the tiles, in their order. */
const sizes: readonly TileSize[] = [
  ...(["wide", "tall", "small", "small"] as const),
  ...(["wide", "tall", "small", "small"] as const),
  "full",
];

function OverviewSkeleton() {
  return (
    <>
      <Skeleton height={28} width="min(36rem, 90%)" mb={20} />
      <div className={classes.tiles}>
        {sizes.map((size, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places of a grid that never changes
          <TileSkeleton key={at} size={size} />
        ))}
      </div>
    </>
  );
}

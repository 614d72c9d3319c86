"use client";

import { Skeleton } from "@mantine/core";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { OneGraphVersion, StepFigures } from "../../triage/graph-versions/graph-version-view.ts";
import { EmptyState } from "../states/empty-state.tsx";
import { Loaded } from "../states/loaded.tsx";
import { DifferenceList } from "./difference-list.tsx";
import { diffGraphs, graphAlone } from "./graph-diff.model.ts";
import { GraphDrawing } from "./graph-drawing.tsx";
import { GraphLegend } from "./graph-legend.tsx";
import { graphVersionQuery } from "./pipeline.query.ts";
import { StepPanel } from "./step-panel.tsx";
import { StepsTable } from "./steps-table.tsx";

type Figures = UseQueryResult<{ from: string; to: string; items: StepFigures[] }, Error>;

interface Shown {
  readonly figures: Figures;
  readonly open: string | null;
  readonly onOpen: (step: string) => void;
}

const missing = {
  title: "There is no such version",
  text: "No run has gone by it, and this build does not know it.",
  href: "/pipeline",
  link: "To the version of new runs",
};

/** A version's graph, drawn and listed; held against another one where that is chosen. */
export function VersionGraph(props: Shown & { version: number; against: number | null }) {
  const { version, against, ...shown } = props;
  const one = useQuery(graphVersionQuery(version));
  const other = useQuery({ ...graphVersionQuery(against ?? version), enabled: against !== null });
  const failed = "The graph could not be read";
  return (
    <Loaded read={one} loading={<Skeleton height={220} />} failed={failed} missing={missing}>
      {(after) =>
        against === null ? (
          <Graph after={after} before={null} {...shown} />
        ) : (
          <Loaded read={other} loading={<Skeleton height={220} />} failed={failed} missing={missing}>
            {(before) => <Graph after={after} before={before} {...shown} />}
          </Loaded>
        )
      }
    </Loaded>
  );
}

function Graph({
  after,
  before,
  ...shown
}: Shown & { after: OneGraphVersion; before: OneGraphVersion | null }) {
  const lost = [after, before].find((each) => each !== null && each.steps === null);
  if (lost !== undefined && lost !== null)
    return (
      <EmptyState
        title={`The graph of version ${lost.version} was not kept`}
        text="Its runs had gone before graphs were stored, and no build that is at work knows it. What became of them stands below."
      />
    );
  return <Drawn after={after} before={before} {...shown} />;
}

function Drawn(props: Shown & { after: OneGraphVersion; before: OneGraphVersion | null }) {
  const { after, before, figures, open, onOpen } = props;
  const drawn = useMemo(() => {
    const steps = after.steps ?? [];
    return before === null ? graphAlone(steps) : diffGraphs(before.steps ?? [], steps);
  }, [after, before]);
  const told = figures.data?.items ?? [];
  const opened = drawn.steps.find(({ step }) => step.name === open);
  const label =
    before === null
      ? `Steps of version ${after.version}, drawn`
      : `Steps of version ${after.version} against version ${before.version}, drawn`;
  return (
    <>
      <GraphDrawing label={label} drawn={drawn} figures={told} open={open} onOpen={onOpen} />
      <GraphLegend compared={before !== null} />
      {opened !== undefined && (
        <StepPanel
          drawn={opened}
          figures={told.find(({ step }) => step === open)}
          from={figures.data?.from ?? null}
          onClose={() => onOpen(opened.step.name)}
        />
      )}
      {before !== null && <DifferenceList before={before.version} after={after.version} drawn={drawn} />}
      <Loaded
        read={figures}
        loading={<Skeleton height={220} />}
        failed="What the steps came to could not be read"
      >
        {({ items, from }) => (
          <StepsTable drawn={drawn} figures={items} from={from} open={open} onOpen={onOpen} />
        )}
      </Loaded>
    </>
  );
}

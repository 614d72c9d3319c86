"use client";

import { Skeleton } from "@mantine/core";
import { useQueryStates } from "nuqs";
import type { GraphVersion } from "../../triage/graph-versions/graph-version-view.ts";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import { Loaded } from "../states/loaded.tsx";
import { graphVersionsQuery, stepFiguresQuery } from "./pipeline.query.ts";
import classes from "./pipeline-page.module.css";
import { pipelineState } from "./pipeline-state.ts";
import { PipelineToolbar } from "./pipeline-toolbar.tsx";
import { VersionGraph } from "./version-graph.tsx";
import { VersionRuns } from "./version-runs.tsx";
import { VersionsTable } from "./versions-table.tsx";

/** The step graph: a version drawn, alone or against another, with how each step does, and what became of the runs. */
export function PipelinePage() {
  const [state, setState] = useQueryStates(pipelineState, { history: "push" });
  const versions = useLiveQuery(graphVersionsQuery);
  const figures = useLiveQuery(stepFiguresQuery(state.range));
  return (
    <>
      <PageHead title="Pipeline" readAtMs={versions.dataUpdatedAt}>
        <p className={classes.quiet}>
          The steps that a document passes, drawn from what was stored when they ran.
        </p>
      </PageHead>
      <Loaded
        read={versions}
        loading={<Skeleton height={220} />}
        failed="The versions of the graph could not be read"
      >
        {({ items }) => {
          const shown = state.version ?? currentOf(items);
          return (
            <>
              <PipelineToolbar
                versions={items}
                version={shown}
                against={state.against}
                range={state.range}
                onChange={(change) => void setState({ ...change, cursor: null })}
              />
              <VersionGraph
                version={shown}
                against={state.against}
                figures={figures}
                open={state.step}
                onOpen={(step) => void setState({ step: step === state.step ? null : step })}
              />
              <VersionsTable versions={items} />
              {state.runs !== null && (
                <VersionRuns
                  version={shown}
                  kind={state.runs}
                  cursor={state.cursor}
                  onKind={(runs) => void setState({ runs, cursor: null })}
                  onCursor={(cursor) => void setState({ cursor })}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function currentOf(versions: readonly GraphVersion[]): number {
  return versions.find(({ current }) => current)?.version ?? versions[0]?.version ?? 1;
}

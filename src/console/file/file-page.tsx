"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { FileView } from "../../pipeline/files/file-view.ts";
import { ApiError } from "../api-error.ts";
import { EmptyState } from "../states/empty-state.tsx";
import { FailureState } from "../states/failure-state.tsx";
import { StaleNotice } from "../states/stale-notice.tsx";
import { fileQuery } from "./file.query.ts";
import { FileFacts } from "./file-facts.tsx";
import { FileHead } from "./file-head.tsx";
import { FilePageSkeleton } from "./file-page-skeleton.tsx";
import { fileState } from "./file-state.ts";
import { FileTabs } from "./file-tabs.tsx";
import { RouteRow } from "./route/route-row.tsx";
import { TimeBar } from "./time/time-bar.tsx";

/** One file from its upload to its vectors; read again by itself while the server works on it. */
export function FilePage({ fileId }: { fileId: string }) {
  const file = useQuery(fileQuery(fileId));
  const retry = () => void file.refetch();
  if (file.data === undefined) {
    if (file.error === null) return <FilePageSkeleton />;
    if (file.error instanceof ApiError && file.error.status === 404) return <NoSuchFile />;
    return <FailureState title="The file could not be read" error={file.error} onRetry={retry} />;
  }
  return (
    <>
      {file.error !== null && (
        <StaleNotice error={file.error} readAtMs={file.dataUpdatedAt} onRetry={retry} />
      )}
      <LoadedFile file={file.data} />
    </>
  );
}

function LoadedFile({ file }: { file: FileView }) {
  const [state, setState] = useQueryStates(fileState);
  const run = file.runHistory.find(({ number }) => number === state.run) ?? file.runHistory[0];
  if (run === undefined) {
    return <EmptyState title={file.name} text="This file has no run yet. It appears here when one starts." />;
  }
  return (
    <>
      <FileHead
        file={file}
        run={run}
        onRun={(number) => void setState({ run: number, step: null, span: null }, { history: "push" })}
      />
      <RouteRow
        fileId={file.id}
        run={run}
        chosen={state.tab === "attempts" ? state.step : null}
        onChoose={(step) =>
          void setState(
            state.tab === "trace" && step !== null
              ? { span: `${run.number}.${step}` }
              : { tab: "attempts", step },
            { history: "push" },
          )
        }
      />
      <TimeBar
        fileId={file.id}
        run={run}
        onLead={(span) => void setState({ tab: "trace", span }, { history: "push" })}
      />
      <FileFacts file={file} run={run} />
      <FileTabs file={file} run={run} state={state} onState={(change) => void setState(change)} />
    </>
  );
}

function NoSuchFile() {
  return (
    <EmptyState title="No file has this id" text="The address may be cut short, or the file was removed.">
      <Button component={Link} href="/files" variant="default">
        To the files
      </Button>
    </EmptyState>
  );
}

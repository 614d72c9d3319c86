"use client";

import { useQueryStates } from "nuqs";
import type { FileView } from "../../pipeline/files/file-view.ts";
import { useLiveQuery } from "../page/live.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { Loaded } from "../states/loaded.tsx";
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
  const file = useLiveQuery(fileQuery(fileId));
  return (
    <Loaded
      read={file}
      loading={<FilePageSkeleton />}
      failed="The file could not be read"
      missing={{
        title: "No file has this id",
        text: "The address may be cut short, or the file was removed.",
        href: "/files",
        link: "To the files",
      }}
    >
      {(data) => <LoadedFile file={data} readAtMs={file.dataUpdatedAt} />}
    </Loaded>
  );
}

function LoadedFile({ file, readAtMs }: { file: FileView; readAtMs: number }) {
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
        readAtMs={readAtMs}
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

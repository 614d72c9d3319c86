"use client";

import { IconUpload } from "@tabler/icons-react";
import { useQueryStates } from "nuqs";
import type { FileSummary } from "../../pipeline/files/file-view.ts";
import { ChosenBar } from "../list/choose/chosen-bar.tsx";
import { chosenState } from "../list/choose/chosen-state.ts";
import { useChosen } from "../list/choose/use-chosen.ts";
import { PagedTable } from "../list/paged-list.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import { usePlanKeys } from "../plan/use-plan-keys.ts";
import { useUploads } from "../upload/uploads-context.ts";
import { filesQuery } from "./files.query.ts";
import { filesColumns } from "./files-columns.tsx";
import { FilesEmpty } from "./files-empty.tsx";
import { filesFilters, isNarrowed } from "./files-filters.ts";
import { filesSelection } from "./files-selection.ts";
import { FilesToolbar } from "./files-toolbar.tsx";

/** What a changed filter takes along: the page, and the choice of every file that the filter found. */
const anew = { cursor: null, every: null };

const idOf = ({ id }: FileSummary) => id;
const rows = { words: ["file", "files"], idOf, nameOf: ({ name }: FileSummary) => name } as const;

/** The list of files: filtered, searched, paged, and read again by itself. */
export function FilesPage() {
  const [{ every: _, ...filters }, setFilters] = useQueryStates({
    ...filesFilters,
    every: chosenState.every,
  });
  const { chooseFiles } = useUploads();
  const files = useLiveQuery(filesQuery(filters));
  const items = files.data?.items ?? [];
  const choosing = useChosen(items, rows);
  const planning = usePlanKeys({
    ...{ items, keyOf: idOf, word: "file", choosing },
    selectionOf: ({ id }) => ({ kind: "files", files: [id] }),
    chosen: filesSelection(choosing, filters),
  });
  const narrowed = isNarrowed({ ...filters, cursor: null });
  return (
    <>
      <PageHead
        title="Files"
        readAtMs={files.dataUpdatedAt}
        actions={
          <DeedButton
            deed="POST /api/upload"
            leftSection={<IconUpload size={14} stroke={1.75} />}
            onClick={chooseFiles}
          >
            Upload
          </DeedButton>
        }
      />
      <FilesToolbar
        filters={filters}
        onChange={(change) => void setFilters({ ...change, ...anew }, { history: "push" })}
        onType={(q) => void setFilters({ q, ...anew }, { history: "replace" })}
      />
      <PagedTable
        caption="Files, newest first"
        columns={filesColumns}
        keyOf={idOf}
        choosing={choosing}
        read={files}
        failed="The files could not be read"
        empty={
          <FilesEmpty
            narrowed={isNarrowed(filters)}
            onWiden={() => void setFilters(null, { history: "push" })}
          />
        }
        words={rows.words}
        cursor={filters.cursor}
        onCursor={(cursor) => void setFilters({ cursor }, { history: "push", scroll: true })}
      />
      {files.data !== undefined && (
        <ChosenBar
          choosing={choosing}
          planning={planning}
          every={{
            said: `${narrowed ? "All files that match the filter are" : "All files are"} chosen.`,
            choose: narrowed ? "Choose all that match the filter" : "Choose all files",
          }}
        />
      )}
    </>
  );
}

"use client";

import { IconUpload } from "@tabler/icons-react";
import { useQueryStates } from "nuqs";
import { PagedList } from "../list/paged-list.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { useLiveQuery } from "../page/live.tsx";
import { PageHead } from "../page/page-head.tsx";
import { useUploads } from "../upload/uploads-context.ts";
import { ChosenBar } from "./choose/chosen-bar.tsx";
import { chosenState } from "./choose/chosen-state.ts";
import { useChosen } from "./choose/use-chosen.ts";
import { filesQuery } from "./files.query.ts";
import { FilesEmpty } from "./files-empty.tsx";
import { filesFilters, isNarrowed } from "./files-filters.ts";
import { FilesTable } from "./files-table.tsx";
import { FilesTableSkeleton } from "./files-table-skeleton.tsx";
import { FilesToolbar } from "./files-toolbar.tsx";

/** What a changed filter takes along: the page, and the choice of every file that the filter found. */
const anew = { cursor: null, every: null };

/** The list of files: filtered, searched, paged, and read again by itself. */
export function FilesPage() {
  const [{ every: _, ...filters }, setFilters] = useQueryStates({
    ...filesFilters,
    every: chosenState.every,
  });
  const { chooseFiles } = useUploads();
  const files = useLiveQuery(filesQuery(filters));
  const page = files.data?.items.map(({ id }) => id) ?? [];
  const choosing = useChosen(page);
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
      <PagedList
        read={files}
        loading={<FilesTableSkeleton />}
        failed="The files could not be read"
        empty={
          <FilesEmpty
            narrowed={isNarrowed(filters)}
            onWiden={() => void setFilters(null, { history: "push" })}
          />
        }
        words={["file", "files"]}
        cursor={filters.cursor}
        onCursor={(cursor) => void setFilters({ cursor }, { history: "push", scroll: true })}
      >
        {(items, dimmed) => <FilesTable files={items} dimmed={dimmed} choosing={choosing} />}
      </PagedList>
      {files.data !== undefined && <ChosenBar choosing={choosing} page={page} filters={filters} />}
    </>
  );
}

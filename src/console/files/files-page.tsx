"use client";

import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListPager } from "../paging/list-pager.tsx";
import { FailureState } from "../states/failure-state.tsx";
import { StaleNotice } from "../states/stale-notice.tsx";
import { useUploads } from "../upload/uploads-context.ts";
import { filesQuery } from "./files.query.ts";
import { FilesEmpty } from "./files-empty.tsx";
import { type FilesFilters, filesFilters, isNarrowed } from "./files-filters.ts";
import classes from "./files-page.module.css";
import { FilesTable } from "./files-table.tsx";
import { FilesTableSkeleton } from "./files-table-skeleton.tsx";
import { FilesToolbar } from "./files-toolbar.tsx";

/** The list of files: filtered, searched, paged, and read again by itself. */
export function FilesPage() {
  const [filters, setFilters] = useQueryStates(filesFilters);
  const { chooseFiles } = useUploads();
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>Files</h1>
        <Button leftSection={<IconUpload size={15} stroke={1.8} />} onClick={chooseFiles}>
          Upload
        </Button>
      </div>
      <FilesToolbar
        filters={filters}
        onChange={(change) => void setFilters({ ...change, cursor: null }, { history: "push" })}
        onType={(q) => void setFilters({ q, cursor: null }, { history: "replace" })}
      />
      <FilesResult
        filters={filters}
        onCursor={(cursor) => void setFilters({ cursor }, { history: "push", scroll: true })}
        onWiden={() => void setFilters(null, { history: "push" })}
      />
    </>
  );
}

function FilesResult(props: {
  filters: FilesFilters;
  onCursor: (cursor: string | null) => void;
  onWiden: () => void;
}) {
  const files = useQuery(filesQuery(props.filters));
  const retry = () => void files.refetch();
  if (files.data === undefined) {
    if (files.error === null) return <FilesTableSkeleton />;
    return <FailureState title="The files could not be read" error={files.error} onRetry={retry} />;
  }
  return (
    <>
      {files.error !== null && (
        <StaleNotice error={files.error} readAtMs={files.dataUpdatedAt} onRetry={retry} />
      )}
      {files.data.items.length === 0 ? (
        <FilesEmpty narrowed={isNarrowed(props.filters)} onWiden={props.onWiden} />
      ) : (
        <FilesTable files={files.data.items} dimmed={files.isPlaceholderData} />
      )}
      <ListPager
        words={["file", "files"]}
        cursor={props.filters.cursor}
        nextCursor={files.data.nextCursor}
        count={files.data.items.length}
        onCursor={props.onCursor}
      />
    </>
  );
}

"use client";

import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ListPager } from "../paging/list-pager.tsx";
import { FailureState } from "../states/failure-state.tsx";
import { StaleNotice } from "../states/stale-notice.tsx";
import { useUploads } from "../upload/uploads-context.ts";
import { ChosenBar } from "./choose/chosen-bar.tsx";
import { chosenState } from "./choose/chosen-state.ts";
import { useChosen } from "./choose/use-chosen.ts";
import { filesQuery } from "./files.query.ts";
import { FilesEmpty } from "./files-empty.tsx";
import { type FilesFilters, filesFilters, isNarrowed } from "./files-filters.ts";
import classes from "./files-page.module.css";
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
        onChange={(change) => void setFilters({ ...change, ...anew }, { history: "push" })}
        onType={(q) => void setFilters({ q, ...anew }, { history: "replace" })}
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
  const page = files.data?.items.map(({ id }) => id) ?? [];
  const choosing = useChosen(page);
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
        <FilesTable files={files.data.items} dimmed={files.isPlaceholderData} choosing={choosing} />
      )}
      <ListPager
        words={["file", "files"]}
        cursor={props.filters.cursor}
        nextCursor={files.data.nextCursor}
        count={files.data.items.length}
        onCursor={props.onCursor}
      />
      <ChosenBar choosing={choosing} page={page} filters={props.filters} />
    </>
  );
}

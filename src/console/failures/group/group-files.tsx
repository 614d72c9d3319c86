"use client";

import { Checkbox, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { ListPager } from "../../paging/list-pager.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import list from "../../table/list-table.module.css";
import { groupFilesQuery } from "../failures.query.ts";
import classes from "./group-files.module.css";
import { GroupFilesTable } from "./group-files-table.tsx";
import { groupFilesState } from "./group-state.ts";

/** The files of a group, the one that failed last first. */
export function GroupFiles({ group }: { group: FailureView }) {
  const [{ all, cursor }, setState] = useQueryStates(groupFilesState);
  return (
    <section aria-labelledby="group-files">
      <div className={classes.head}>
        <h2 id="group-files" className={classes.heading}>
          Files
        </h2>
        <Checkbox
          size="xs"
          label="Also those that have gone on since"
          checked={all}
          onChange={(event) =>
            void setState({ all: event.currentTarget.checked, cursor: null }, { history: "push" })
          }
        />
      </div>
      <GroupFilesResult
        id={group.id}
        standing={!all}
        cursor={cursor}
        onCursor={(next) => void setState({ cursor: next }, { history: "push" })}
      />
    </section>
  );
}

function GroupFilesResult(props: {
  id: string;
  standing: boolean;
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
}) {
  const { id, standing, cursor } = props;
  const files = useQuery(groupFilesQuery(id, { standing, cursor }));
  if (files.data === undefined) {
    if (files.error === null) return <Skeleton height={200} />;
    return (
      <FailureState
        title="The files could not be read"
        error={files.error}
        onRetry={() => void files.refetch()}
      />
    );
  }
  const { items, nextCursor } = files.data;
  return (
    <>
      {items.length === 0 ? (
        <p className={list.quiet}>No file stands failed by it now.</p>
      ) : (
        <GroupFilesTable files={items} dimmed={files.isPlaceholderData} />
      )}
      <ListPager
        words={["file", "files"]}
        cursor={cursor}
        nextCursor={nextCursor}
        count={items.length}
        onCursor={props.onCursor}
      />
    </>
  );
}

"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { ApiError } from "../../api-error.ts";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import { StaleNotice } from "../../states/stale-notice.tsx";
import { failureQuery } from "../failures.query.ts";
import { GroupChanges } from "./group-changes.tsx";
import { GroupCommon } from "./group-common.tsx";
import { GroupFacts } from "./group-facts.tsx";
import { GroupFiles } from "./group-files.tsx";
import { GroupHead } from "./group-head.tsx";
import classes from "./group-page.module.css";
import { GroupPageSkeleton } from "./group-page-skeleton.tsx";
import { MergedGroup } from "./merged-group.tsx";
import { GroupNotes } from "./notes/group-notes.tsx";
import { useGroupFiles } from "./use-group-files.ts";

/** A failure group: what it is, since when, what its files have in common, what was changed then, its notes and its files. */
export function GroupPage({ id }: { id: string }) {
  const group = useQuery(failureQuery(id));
  const retry = () => void group.refetch();
  if (group.data === undefined) {
    if (group.error === null) return <GroupPageSkeleton />;
    if (group.error instanceof ApiError && group.error.status === 404) return <NoSuchGroup />;
    return <FailureState title="The failure could not be read" error={group.error} onRetry={retry} />;
  }
  return (
    <>
      {group.error !== null && (
        <StaleNotice error={group.error} readAtMs={group.dataUpdatedAt} onRetry={retry} />
      )}
      <LoadedGroup group={group.data} />
    </>
  );
}

function LoadedGroup({ group }: { group: FailureView }) {
  const shown = useGroupFiles();
  if (group.mergedInto !== null) return <MergedGroup group={group} into={group.mergedInto} />;
  return (
    <>
      <GroupHead group={group} />
      <GroupFacts group={group} />
      <div className={classes.columns}>
        <GroupCommon id={group.id} trait={shown.trait} onTrait={shown.setTrait} />
        <GroupChanges group={group} />
      </div>
      <GroupNotes id={group.id} />
      <GroupFiles group={group} shown={shown} />
    </>
  );
}

function NoSuchGroup() {
  return (
    <EmptyState title="No failure has this id" text="The address may be cut short.">
      <Button component={Link} href="/failures" variant="default">
        To the failures
      </Button>
    </EmptyState>
  );
}

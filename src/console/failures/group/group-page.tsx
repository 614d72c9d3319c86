"use client";

import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { useLiveQuery } from "../../page/live.tsx";
import { PageColumns } from "../../page/page-section.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { failureQuery } from "../failures.query.ts";
import { GroupChanges } from "./group-changes.tsx";
import { GroupCommon } from "./group-common.tsx";
import { GroupFacts } from "./group-facts.tsx";
import { GroupFiles } from "./group-files.tsx";
import { GroupHead } from "./group-head.tsx";
import { GroupPageSkeleton } from "./group-page-skeleton.tsx";
import { MergedGroup } from "./merged-group.tsx";
import { GroupNotes } from "./notes/group-notes.tsx";
import { useGroupFiles } from "./use-group-files.ts";

/** A failure group: what it is, since when, what its files have in common, what was changed then, its notes and its files. */
export function GroupPage({ id }: { id: string }) {
  const group = useLiveQuery(failureQuery(id));
  return (
    <Loaded
      read={group}
      loading={<GroupPageSkeleton />}
      failed="The failure could not be read"
      missing={{
        title: "No failure has this id",
        text: "The address may be cut short.",
        href: "/failures",
        link: "To the failures",
      }}
    >
      {(data) => <LoadedGroup group={data} readAtMs={group.dataUpdatedAt} />}
    </Loaded>
  );
}

function LoadedGroup({ group, readAtMs }: { group: FailureView; readAtMs: number }) {
  const shown = useGroupFiles();
  if (group.mergedInto !== null) return <MergedGroup group={group} into={group.mergedInto} />;
  return (
    <>
      <GroupHead group={group} readAtMs={readAtMs} />
      <GroupFacts group={group} />
      <PageColumns>
        <GroupCommon id={group.id} trait={shown.trait} onTrait={shown.setTrait} />
        <GroupChanges group={group} />
      </PageColumns>
      <GroupNotes id={group.id} />
      <GroupFiles group={group} shown={shown} />
    </>
  );
}

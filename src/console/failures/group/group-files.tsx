"use client";

import { Checkbox, CloseButton, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { type Trait, traitLabel } from "../../../triage/failures/file-traits.ts";
import { ListPager } from "../../paging/list-pager.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import list from "../../table/list-table.module.css";
import { groupFilesQuery } from "../failures.query.ts";
import { attributeWords } from "./attribute-words.ts";
import classes from "./group-files.module.css";
import { GroupFilesTable } from "./group-files-table.tsx";
import type { useGroupFiles } from "./use-group-files.ts";

type Shown = ReturnType<typeof useGroupFiles>;

/** The files of a group, the one that failed last first. */
export function GroupFiles({ group, shown }: { group: FailureView; shown: Shown }) {
  const { all, trait, setAll, setTrait } = shown;
  return (
    <section aria-labelledby="group-files">
      <div className={classes.head}>
        <h2 id="group-files" className={classes.heading}>
          Files
        </h2>
        {trait !== null && <TraitChip trait={trait} onRemove={() => setTrait(null)} />}
        <Checkbox
          size="xs"
          label="Also those that have gone on since"
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      </div>
      <GroupFilesResult id={group.id} shown={shown} />
    </section>
  );
}

function TraitChip({ trait, onRemove }: { trait: Trait; onRemove: () => void }) {
  const words = `${attributeWords[trait.attribute]} ${traitLabel(trait)}`;
  return (
    <span className={classes.chip}>
      {words}
      <CloseButton size="xs" aria-label={`Without the filter ${words}`} onClick={onRemove} />
    </span>
  );
}

function GroupFilesResult({ id, shown }: { id: string; shown: Shown }) {
  const { all, trait, cursor, setCursor } = shown;
  const files = useQuery(groupFilesQuery(id, { standing: !all, trait, cursor }));
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
        <p className={list.quiet}>
          {trait === null ? "No file stands failed by it now." : "No file that is shown has this trait."}
        </p>
      ) : (
        <GroupFilesTable files={items} dimmed={files.isPlaceholderData} />
      )}
      <ListPager
        words={["file", "files"]}
        cursor={cursor}
        nextCursor={nextCursor}
        count={items.length}
        onCursor={setCursor}
      />
    </>
  );
}

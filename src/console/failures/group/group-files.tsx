"use client";

import { Checkbox, CloseButton } from "@mantine/core";
import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { type Trait, traitLabel } from "../../../triage/failures/file-traits.ts";
import { ChosenBar } from "../../list/choose/chosen-bar.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import list from "../../list/list-table.module.css";
import { PagedTable } from "../../list/paged-list.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { PageSection } from "../../page/page-section.tsx";
import { fileIdOf, usePlannedFiles } from "../../plan/use-planned-files.ts";
import { groupFilesQuery, groupFilesQueryOf } from "../failures.query.ts";
import { attributeWords } from "./attribute-words.ts";
import { groupFileColumns } from "./group-file-columns.tsx";
import classes from "./group-files.module.css";
import type { useGroupFiles } from "./use-group-files.ts";

/** The files of a group, the one that failed last first. */
export function GroupFiles(props: { group: FailureView; shown: ReturnType<typeof useGroupFiles> }) {
  const { all, trait, cursor, setAll, setTrait, setCursor } = props.shown;
  const files = useLiveQuery(groupFilesQuery(props.group.id, { standing: !all, trait, cursor }));
  const { choosing, planning } = usePlannedFiles(files.data?.items ?? []);
  return (
    <PageSection
      title="Files"
      beside={
        <>
          {trait !== null && <TraitChip trait={trait} onRemove={() => setTrait(null)} />}
          <Checkbox
            size="xs"
            label="Also those that have gone on since"
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          <ExportMenu
            path={`/api/v1/failures/${encodeURIComponent(props.group.id)}/files`}
            query={groupFilesQueryOf({ standing: !all, trait })}
          />
        </>
      }
    >
      <PagedTable
        caption="Files of the failure, the newest failure first"
        columns={groupFileColumns}
        keyOf={fileIdOf}
        choosing={choosing}
        read={files}
        failed="The files could not be read"
        empty={
          <p className={list.quiet}>
            {trait === null ? "No file stands failed by it now." : "No file that is shown has this trait."}
          </p>
        }
        words={choosing.words}
        cursor={cursor}
        onCursor={setCursor}
      />
      <ChosenBar choosing={choosing} planning={planning} />
    </PageSection>
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

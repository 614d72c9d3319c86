"use client";

import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconRotateClockwise } from "@tabler/icons-react";
import { sentenceOf } from "../../api-error.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { DeedButton } from "../../me/deed-button.tsx";
import { useMe } from "../../me/me.tsx";
import { useMakePlan } from "../../plan/use-make-plan.ts";
import { type FilesFilters, isNarrowed } from "../files-filters.ts";
import { selectionOf } from "./chosen.model.ts";
import classes from "./chosen-bar.module.css";
import type { Choosing } from "./use-chosen.ts";

/** What is chosen, and what can be done with it; below the list, so that no row moves when it comes. */
export function ChosenBar(props: { choosing: Choosing; page: readonly string[]; filters: FilesFilters }) {
  const { choosing, filters } = props;
  const making = useMakePlan();
  const some = choosing.every || choosing.ids.length > 0;
  const pending = making.isPending || making.isSuccess;
  const me = useMe();
  const plan = () =>
    some &&
    !pending &&
    me.can("POST /api/v1/plans") &&
    making.mutate({ selection: selectionOf(choosing, filters) });
  useHotkeys([["r", plan]]);
  if (!some) return null;
  const elsewhere = choosing.ids.filter((id) => !props.page.includes(id)).length;
  const narrowed = isNarrowed({ ...filters, cursor: null });
  return (
    <section className={classes.bar} aria-label="Chosen files">
      <p className={classes.text} role="status">
        {choosing.every
          ? `${narrowed ? "All files that match the filter are" : "All files are"} chosen.`
          : `${formatCounted(choosing.ids.length, "file")} chosen${elsewhere === 0 ? "" : `, ${formatCount(elsewhere)} not on this page`}.`}
      </p>
      {making.error !== null && (
        <p className={classes.error} role="alert">
          {sentenceOf(making.error)}
        </p>
      )}
      <div className={classes.deeds}>
        <Button variant="subtle" onClick={choosing.clear}>
          Clear
        </Button>
        {!choosing.every && (
          <Button variant="default" onClick={choosing.chooseEvery}>
            {narrowed ? "Choose all that match the filter" : "Choose all files"}
          </Button>
        )}
        <DeedButton
          deed="POST /api/v1/plans"
          leftSection={<IconRotateClockwise size={14} stroke={1.75} aria-hidden="true" />}
          loading={pending}
          onClick={plan}
        >
          Requeue…
        </DeedButton>
      </div>
    </section>
  );
}

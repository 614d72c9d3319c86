"use client";

import { Button } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import { sentenceOf } from "../../api-error.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { DeedButton } from "../../me/deed-button.tsx";
import type { PlanKeys } from "../../plan/use-plan-keys.ts";
import classes from "./chosen-bar.module.css";
import type { Choosing } from "./use-chosen.ts";

/**
 * What is chosen, and what can be done with it; below the list, so that no row moves when it comes.
 * @param props.every where all that the list finds can be chosen: what is said then, and the button that chooses it
 */
export function ChosenBar<Item>(props: {
  choosing: Choosing<Item>;
  planning: PlanKeys;
  every?: { readonly said: string; readonly choose: string };
}) {
  const { choosing, planning, every } = props;
  const { ids, words, page } = choosing;
  if (!choosing.every && ids.length === 0) return null;
  const elsewhere = ids.filter((id) => !page.includes(id)).length;
  return (
    <section className={classes.bar} aria-label={`Chosen ${words[1]}`}>
      <p className={classes.text} role="status">
        {choosing.every
          ? every?.said
          : `${formatCounted(ids.length, ...words)} chosen${elsewhere === 0 ? "" : `, ${formatCount(elsewhere)} not on this page`}.`}
      </p>
      {planning.error !== null && (
        <p className={classes.error} role="alert">
          {sentenceOf(planning.error)}
        </p>
      )}
      <div className={classes.deeds}>
        <Button variant="subtle" onClick={choosing.clear}>
          Clear
        </Button>
        {every !== undefined && !choosing.every && (
          <Button variant="default" onClick={choosing.chooseEvery}>
            {every.choose}
          </Button>
        )}
        <DeedButton
          deed="POST /api/v1/plans"
          leftSection={<IconRotateClockwise size={14} stroke={1.75} aria-hidden="true" />}
          loading={planning.pending}
          onClick={planning.planChosen}
        >
          Requeue…
        </DeedButton>
      </div>
    </section>
  );
}

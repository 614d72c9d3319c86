"use client";

import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FailureView } from "../../../../triage/failures/failure-view.ts";
import {
  longestPart,
  type SplitPreview,
  shortestPart,
} from "../../../../triage/failures/regroup/split-preview.ts";
import { DeedDialog, Effect } from "../../../budgets/actions/deed-dialog.tsx";
import { splitPreviewQuery } from "../../failures.query.ts";
import { splitEffect, splitHint } from "./regroup.model.ts";
import classes from "./regroup-dialogs.module.css";
import { useRegroup } from "./use-regroup.ts";

/** A pause in the typing after which it is asked what would move, in ms. */
const pauseMs = 250;

/** Asks for a part of the sentence, shows which failures would move, and moves them once. */
export function SplitDialog({ group, onClose }: { group: FailureView; onClose: () => void }) {
  const [contains, setContains] = useState("");
  const [reason, setReason] = useState("");
  const split = useRegroup(group.id, onClose);
  const [settled] = useDebouncedValue(contains, pauseMs);
  const preview = useQuery(splitPreviewQuery(group.id, settled));
  const shown = settled === contains && !preview.isPlaceholderData ? preview.data : undefined;
  const hint = splitHint(contains, shown);
  return (
    <DeedDialog
      title="Split off some of its failures"
      deed="Split"
      ready={shown !== undefined && hint === null}
      pending={split.isPending}
      error={split.error ?? preview.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => split.mutate({ deed: "split", contains, reason })}
      onClose={onClose}
    >
      <TextInput
        label="Part of the message"
        description="Failures that have it, exactly as written, get a group of their own"
        placeholder={`At least ${shortestPart} characters of: ${group.message}`}
        value={contains}
        maxLength={longestPart}
        data-autofocus
        onChange={(event) => setContains(event.currentTarget.value)}
      />
      {hint !== null && contains.length >= shortestPart && <p className={classes.quiet}>{hint}</p>}
      {shown && hint === null && (
        <>
          <Effect lines={splitEffect(shown)} />
          <Sentences preview={shown} />
        </>
      )}
    </DeedDialog>
  );
}

function Sentences({ preview }: { preview: SplitPreview }) {
  return (
    <dl className={classes.sentences}>
      <dt>Some that go</dt>
      {preview.moving.sentences.map((sentence) => (
        <dd key={sentence}>{sentence}</dd>
      ))}
      <dt>Some that stay</dt>
      {preview.staying.sentences.map((sentence) => (
        <dd key={sentence}>{sentence}</dd>
      ))}
    </dl>
  );
}

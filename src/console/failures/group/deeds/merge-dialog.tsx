"use client";

import { Radio, Skeleton, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FailureSummary, FailureView } from "../../../../triage/failures/failure-view.ts";
import { sentenceOf } from "../../../api-error.ts";
import { DeedDialog, Effect } from "../../../budgets/actions/deed-dialog.tsx";
import { formatCounted } from "../../../format/count.ts";
import { failureWords } from "../../failure-words.ts";
import { mergeTargetsQuery } from "../../failures.query.ts";
import { causeOf } from "../../list/failures.model.ts";
import { mergeEffect } from "./regroup.model.ts";
import classes from "./regroup-dialogs.module.css";
import { useRegroup } from "./use-regroup.ts";

/** A pause in the typing after which groups are looked for, in ms. */
const pauseMs = 250;

/** Asks into which group this one goes, says what follows, and does it once. */
export function MergeDialog({ group, onClose }: { group: FailureView; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [into, setInto] = useState<FailureSummary | null>(null);
  const [reason, setReason] = useState("");
  const merge = useRegroup(group.id, onClose);
  return (
    <DeedDialog
      title="Merge into another failure"
      deed="Merge"
      ready={into !== null}
      pending={merge.isPending}
      error={merge.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => into && merge.mutate({ deed: "merge", into: into.id, reason })}
      onClose={onClose}
    >
      <TextInput
        type="search"
        label="Which one stays"
        placeholder="Part of its message"
        value={typed}
        data-autofocus
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setInto(null);
        }}
      />
      <Targets group={group} q={typed} into={into} onInto={setInto} />
      <Effect lines={into === null ? [] : mergeEffect(group, into)} />
    </DeedDialog>
  );
}

function Targets(props: {
  group: FailureView;
  q: string;
  into: FailureSummary | null;
  onInto: (into: FailureSummary | null) => void;
}) {
  const [q] = useDebouncedValue(props.q, pauseMs);
  const found = useQuery(mergeTargetsQuery(q));
  if (found.error !== null)
    return (
      <p className={classes.error} role="alert">
        {sentenceOf(found.error)}
      </p>
    );
  if (found.data === undefined) return <Skeleton height={120} />;
  const others = found.data.items.filter(({ id }) => id !== props.group.id);
  if (others.length === 0) return <p className={classes.quiet}>No other failure matches.</p>;
  return (
    <Radio.Group
      aria-label="Failures that may stay"
      value={props.into?.id ?? ""}
      onChange={(id) => props.onInto(others.find((other) => other.id === id) ?? null)}
    >
      <Stack gap={8}>
        {others.map((other) => (
          <Radio
            key={other.id}
            size="xs"
            value={other.id}
            label={other.message}
            description={`${failureWords[other.state]} · ${causeOf(other)} · ${formatCounted(other.failures, "failure")}`}
            classNames={{ label: classes.label ?? "", description: classes.note ?? "" }}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

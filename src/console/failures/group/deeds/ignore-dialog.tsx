"use client";

import { Button, NumberInput, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { DeedDialog, Effect } from "../../../budgets/actions/deed-dialog.tsx";
import { formatMinuteUtc } from "../../../format/moment.ts";
import { useNow } from "../../../shell/now.tsx";
import { useSetState } from "../use-set-state.ts";
import {
  changeOf,
  type IgnoreDraft,
  momentOf,
  mostFailures,
  opensWords,
  type Preset,
  presetsAt,
} from "./ignore.model.ts";
import classes from "./ignore-dialog.module.css";

const choices = [
  { value: "time", label: "Until a time" },
  { value: "count", label: "Until it has failed more often" },
  { value: "ever", label: "For ever" },
] as const;

/** Asks how long a group is ignored, says when it is open again, and ignores it. */
export function IgnoreDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const now = useNow();
  const [presets] = useState(() => presetsAt(now));
  const [draft, setDraft] = useState<IgnoreDraft>({ how: "time", until: presets[0].field, failures: 10 });
  const [reason, setReason] = useState("");
  const ignore = useSetState(id);
  const change = changeOf(draft, now);
  const why = reason.trim();
  return (
    <DeedDialog
      title="Ignore this failure"
      deed="Ignore"
      ready={change !== null}
      pending={ignore.isPending}
      error={ignore.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() =>
        change && ignore.mutate({ ...change, ...(why !== "" && { reason: why }) }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <Radio.Group
        label="How long"
        value={draft.how}
        onChange={(value) =>
          setDraft({ ...draft, how: choices.find((choice) => choice.value === value)?.value ?? "time" })
        }
      >
        <Stack gap={8} mt={6}>
          {choices.map(({ value, label }) => (
            <Radio key={value} size="xs" value={value} label={label} data-autofocus={value === draft.how} />
          ))}
        </Stack>
      </Radio.Group>
      {draft.how === "time" && (
        <TimeField
          presets={presets}
          field={draft.until}
          over={change === null}
          onField={(until) => setDraft({ ...draft, until })}
        />
      )}
      {draft.how === "count" && (
        <NumberInput
          label="More failures"
          description="Counted from now on, of whatever file"
          min={1}
          max={mostFailures}
          allowDecimal={false}
          thousandSeparator=","
          value={draft.failures}
          onChange={(failures) => setDraft({ ...draft, failures })}
        />
      )}
      <Effect
        lines={[
          { name: "Open again", value: opensWords(change, now) },
          { name: "Meanwhile", value: "not in the list; counted all the same" },
        ]}
      />
    </DeedDialog>
  );
}

function TimeField(props: {
  presets: readonly Preset[];
  field: string;
  over: boolean;
  onField: (field: string) => void;
}) {
  const moment = momentOf(props.field);
  return (
    <div>
      <fieldset className={classes.presets} aria-label="Times that are chosen often">
        {props.presets.map(({ name, field }) => (
          <Button
            key={name}
            variant="default"
            size="compact-sm"
            aria-pressed={field === props.field}
            onClick={() => props.onField(field)}
          >
            {name}
          </Button>
        ))}
      </fieldset>
      <TextInput
        type="datetime-local"
        label="Open again at (your time)"
        description={moment === null ? "\u00a0" : formatMinuteUtc(moment)}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={props.field}
        error={props.over && (moment === null ? "A time is missing." : "This time is over.")}
        onChange={(event) => props.onField(event.currentTarget.value)}
      />
    </div>
  );
}

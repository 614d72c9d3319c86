"use client";

import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { FileView, RunView } from "../../../pipeline/files/file-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { useMakePlan } from "../../plan/use-make-plan.ts";
import { newRequestKey } from "../../request-key.ts";
import { type RequeueChoice, refusalOf, requeueChoices, stepsText } from "./requeue.model.ts";
import classes from "./requeue-dialog.module.css";
import { useRequeue } from "./use-requeue.ts";

const reasonLimit = 500;

/** Asks from where, says what will run again and what is reused, and does it once. */
export function RequeueDialog(props: {
  file: FileView;
  run: RunView;
  onClose: () => void;
  onRun: (number: number) => void;
}) {
  const { file, run, onClose } = props;
  const choices = requeueChoices(run);
  const [from, setFrom] = useState(choices[0]?.from ?? "start");
  const [reason, setReason] = useState("");
  const [key] = useState(newRequestKey);
  const planning = useMakePlan();
  const requeue = useRequeue(file.id, (requeued) => {
    onClose();
    if (requeued.run !== run.number) props.onRun(requeued.run);
  });
  const chosen = choices.find((choice) => choice.from === from) ?? choices[0];
  const refusal = requeue.isPending || requeue.isSuccess ? null : refusalOf(file, run);
  return (
    <Modal opened onClose={onClose} title={`Requeue ${file.name}`} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen && refusal === null) requeue.mutate({ from: chosen.from, reason, key });
        }}
      >
        <Stack gap="md">
          <Radio.Group label="From where" value={chosen?.from ?? ""} onChange={setFrom}>
            <Stack gap={6} mt={6}>
              {choices.map((choice, at) => (
                <Radio
                  key={choice.from}
                  value={choice.from}
                  label={choice.label}
                  description={choice.note}
                  size="xs"
                  classNames={{ label: classes.label ?? "", description: classes.note ?? "" }}
                  data-autofocus={at === 0 || undefined}
                />
              ))}
            </Stack>
          </Radio.Group>
          {chosen && <Consequence choice={chosen} />}
          <TextInput
            label="Why (kept in the history)"
            value={reason}
            maxLength={reasonLimit}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {(refusal !== null || requeue.isError || planning.isError) && (
            <p className={classes.error} role="alert">
              {refusal ?? sentenceOf(requeue.error ?? planning.error)}
            </p>
          )}
          <Group justify="flex-end" gap="xs">
            <Button
              variant="subtle"
              className={classes.plan ?? ""}
              loading={planning.isPending || planning.isSuccess}
              disabled={!chosen}
              onClick={() =>
                planning.mutate({
                  selection: { kind: "files", files: [file.id] },
                  from: chosen?.from ?? "failed",
                })
              }
            >
              See the cost first
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={requeue.isPending} disabled={refusal !== null || !chosen}>
              Requeue
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Consequence({ choice }: { choice: RequeueChoice }) {
  return (
    <dl className={classes.consequence} aria-live="polite">
      <dt>Runs again</dt>
      <dd>{stepsText(choice.again)}</dd>
      <dt>Reused</dt>
      <dd>
        {choice.reused.length === 0
          ? "nothing but vectors of text that is the same"
          : stepsText(choice.reused)}
      </dd>
    </dl>
  );
}

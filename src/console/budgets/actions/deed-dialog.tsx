import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { sentenceOf } from "../../api-error.ts";
import classes from "./deed-dialog.module.css";

/** The longest reason that the audit log keeps, in characters. */
const longestReason = 500;

/** The dialog of something that changes a budget: asked once, with a reason that is kept in the audit log. */
export function DeedDialog(props: {
  title: ReactNode;
  deed: string;
  /** True where what is done cannot be taken back. */
  grave?: boolean;
  ready: boolean;
  pending: boolean;
  error: Error | null;
  reason: string;
  reasonNeeded?: boolean;
  onReason: (reason: string) => void;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const ready = props.ready && !(props.reasonNeeded === true && props.reason.trim() === "");
  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready && !props.pending) props.onSubmit();
  }
  return (
    <Modal opened onClose={props.onClose} title={props.title} size="md">
      <form onSubmit={submit}>
        <Stack gap="md">
          {props.children}
          <TextInput
            label={props.reasonNeeded === true ? "Why" : "Why (may be left out)"}
            description="Kept in the audit log"
            value={props.reason}
            maxLength={longestReason}
            required={props.reasonNeeded === true}
            withAsterisk={false}
            onChange={(event) => props.onReason(event.currentTarget.value)}
          />
          {props.error !== null && (
            <p className={classes.error} role="alert">
              {sentenceOf(props.error)}
            </p>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={props.pending}
              disabled={!ready}
              {...(props.grave === true && { color: "red" })}
            >
              {props.deed}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** A thing that would follow. */
export interface EffectLine {
  readonly name: string;
  readonly value: string;
}

/** What would follow, before it is done. */
export function Effect({ lines }: { lines: readonly EffectLine[] }) {
  if (lines.length === 0) return null;
  return (
    <dl className={classes.effect} aria-live="polite">
      {lines.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

"use client";

import { type ReactNode, useState } from "react";
import { DeedDialog, Effect, type EffectLine } from "../budgets/actions/deed-dialog.tsx";
import { newRequestKey } from "../request-key.ts";
import { useQueueDeed } from "./use-queue-deed.ts";

/** What is asked about before QStash is told. */
export interface AskedDeed {
  readonly title: string;
  readonly deed: string;
  readonly grave?: boolean;
  readonly effect: readonly EffectLine[];
  readonly done: { readonly title: string; readonly message: string };
  /** Below /api/v1/queue/. */
  readonly path: string;
  /** Null while what was typed is not complete. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** Asks once before QStash is told something. @param props.children fields of what is told */
export function QueueDeedDialog(props: { asked: AskedDeed; onClose: () => void; children?: ReactNode }) {
  const { asked, onClose } = props;
  const [reason, setReason] = useState("");
  const [key] = useState(newRequestKey);
  const deed = useQueueDeed(asked.done, onClose);
  const { body } = asked;
  return (
    <DeedDialog
      title={asked.title}
      deed={asked.deed}
      grave={asked.grave ?? false}
      ready={body !== null}
      pending={deed.isPending}
      error={deed.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() => body !== null && deed.mutate({ path: asked.path, body, reason, key })}
      onClose={onClose}
    >
      {props.children}
      <Effect lines={asked.effect} />
    </DeedDialog>
  );
}

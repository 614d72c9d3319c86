"use client";

import { useState } from "react";
import { isOver } from "../../../db/requeue-states.ts";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { DeedButton } from "../../me/deed-button.tsx";
import { useMe } from "../../me/me.tsx";
import { PlanButton } from "../../plan/plan-button.tsx";
import { useNow } from "../../shell/now.tsx";
import { type PageKey, usePageKeys } from "../../shell/page-keys.ts";
import { CancelDialog } from "./cancel-dialog.tsx";
import { secondsToStart } from "./requeue.model.ts";
import classes from "./requeue-head.module.css";
import { useRequeueDeed } from "./use-requeue-deed.ts";

/** Undo while nothing was sent; then pause, resume and cancel, until the requeue has ended. */
export function RequeueDeeds({ requeue }: { requeue: RequeueView }) {
  const { id, state, counts } = requeue;
  const deed = useRequeueDeed(id);
  const [cancelling, setCancelling] = useState(false);
  const left = secondsToStart(requeue, useNow());
  const undoable = state === "scheduled" && left > 0;
  const turn = state === "paused" ? "resume" : "pause";
  const turnable = !undoable && !isOver(state);
  const me = useMe();
  const undo = () => !deed.isPending && deed.mutate({ deed: "cancel" });
  const doTurn = () => !deed.isPending && deed.mutate({ deed: turn });
  const refusal = me.refusal("POST /api/v1/requeues/{id}/cancel");
  const keys: PageKey[] = [];
  if (undoable) keys.push({ hotkey: "z", does: "Undo the requeue", refusal, press: undo });
  if (turnable)
    keys.push({
      hotkey: "p",
      does: turn === "pause" ? "Pause the requeue" : "Resume the requeue",
      refusal: me.refusal("POST /api/v1/requeues/{id}/pause"),
      press: doTurn,
    });
  usePageKeys(keys);
  return (
    <>
      {undoable && (
        <DeedButton
          deed="POST /api/v1/requeues/{id}/cancel"
          hint="Takes it back; nothing has been sent (z)"
          loading={deed.isPending}
          onClick={undo}
        >
          Undo, {left} s left
        </DeedButton>
      )}
      {turnable && (
        <>
          <DeedButton
            deed="POST /api/v1/requeues/{id}/pause"
            hint={turn === "pause" ? "Sends nothing more for now (p)" : "Goes on where it was (p)"}
            variant={turn === "pause" ? "default" : "filled"}
            loading={deed.isPending}
            onClick={doTurn}
          >
            {turn === "pause" ? "Pause" : "Resume"}
          </DeedButton>
          <DeedButton
            deed="POST /api/v1/requeues/{id}/cancel"
            variant="default"
            aria-haspopup="dialog"
            onClick={() => setCancelling(true)}
          >
            Cancel…
          </DeedButton>
        </>
      )}
      {isOver(state) && counts.succeeded < counts.total && (
        <PlanButton selection={requeue.selection} label="Requeue the rest…" />
      )}
      {deed.error !== null && (
        <p className={classes.error} role="alert">
          {sentenceOf(deed.error)}
        </p>
      )}
      {cancelling && turnable && <CancelDialog requeue={requeue} onClose={() => setCancelling(false)} />}
    </>
  );
}

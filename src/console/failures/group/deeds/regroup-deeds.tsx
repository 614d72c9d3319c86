"use client";

import { useState } from "react";
import type { FailureView } from "../../../../triage/failures/failure-view.ts";
import { DeedButton } from "../../../me/deed-button.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { SplitDialog } from "./split-dialog.tsx";

/** What puts groups together and takes them apart. */
export function RegroupDeeds({ group }: { group: FailureView }) {
  const [open, setOpen] = useState<"merge" | "split" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DeedButton deed="POST /api/v1/failures/{id}/merge" variant="default" onClick={() => setOpen("merge")}>
        Merge
      </DeedButton>
      {/* A single failure has no two sides. */}
      {group.failures > 1 && (
        <DeedButton
          deed="POST /api/v1/failures/{id}/split"
          variant="default"
          onClick={() => setOpen("split")}
        >
          Split
        </DeedButton>
      )}
      {open === "merge" && <MergeDialog group={group} onClose={close} />}
      {open === "split" && <SplitDialog group={group} onClose={close} />}
    </>
  );
}

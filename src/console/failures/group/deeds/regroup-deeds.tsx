"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { FailureView } from "../../../../triage/failures/failure-view.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import { SplitDialog } from "./split-dialog.tsx";

/** What puts groups together and takes them apart. */
export function RegroupDeeds({ group }: { group: FailureView }) {
  const [open, setOpen] = useState<"merge" | "split" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button variant="default" onClick={() => setOpen("merge")}>
        Merge
      </Button>
      {/* A single failure has no two sides. */}
      {group.failures > 1 && (
        <Button variant="default" onClick={() => setOpen("split")}>
          Split
        </Button>
      )}
      {open === "merge" && <MergeDialog group={group} onClose={close} />}
      {open === "split" && <SplitDialog group={group} onClose={close} />}
    </>
  );
}

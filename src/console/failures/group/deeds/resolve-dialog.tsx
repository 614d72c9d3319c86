"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { FailureView } from "../../../../triage/failures/failure-view.ts";
import { DeedDialog, Effect } from "../../../budgets/actions/deed-dialog.tsx";
import { useSetState } from "../use-set-state.ts";

/** The longest name of a deployment, in characters. */
const longest = 255;

/** Resolves a group by the deployment that is to mend it: older ones that still fail bring it back no more. */
export function ResolveDialog({ group, onClose }: { group: FailureView; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const change = useSetState(group.id);
  const deployment = typed.trim();
  return (
    <DeedDialog
      title="Resolved by a deployment"
      deed="Resolve"
      ready={deployment !== ""}
      pending={change.isPending}
      error={change.error}
      reason={reason}
      onReason={setReason}
      onSubmit={() =>
        change.mutate(
          {
            state: "resolved",
            deployment,
            ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <TextInput
        label="Deployment that mends it"
        description="It may be one that is not at work yet"
        placeholder={group.deployments.at(-1) ?? ""}
        value={typed}
        maxLength={longest}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Effect
        lines={[
          { name: "Comes back", value: "with a failure under this deployment or a later one" },
          { name: "Stays", value: "resolved while older deployments still fail" },
        ]}
      />
    </DeedDialog>
  );
}

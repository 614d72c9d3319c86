"use client";

import { IconRotateClockwise } from "@tabler/icons-react";
import type { Selection } from "../../triage/plans/plan-view.ts";
import { DeedButton } from "../me/deed-button.tsx";
import { useMe } from "../me/me.tsx";
import { usePageKeys } from "../shell/page-keys.ts";
import { tellNoPlan, useMakePlan } from "./use-make-plan.ts";

/** Plans a requeue of a selection and opens the plan; nothing is requeued yet. The key r does the same. */
export function PlanButton(props: { selection: Selection; label?: string; filled?: boolean }) {
  const me = useMe();
  const making = useMakePlan();
  const pending = making.isPending || making.isSuccess;
  const start = () => {
    if (pending || !me.can("POST /api/v1/plans")) return;
    making.mutate({ selection: props.selection }, { onError: tellNoPlan });
  };
  usePageKeys([
    {
      hotkey: "r",
      does: "Plan a requeue of all of it",
      refusal: me.refusal("POST /api/v1/plans"),
      press: start,
    },
  ]);
  return (
    <DeedButton
      deed="POST /api/v1/plans"
      hint="Says first what it would do and cost (r)"
      variant={props.filled === true ? "filled" : "default"}
      leftSection={<IconRotateClockwise size={14} stroke={1.75} aria-hidden="true" />}
      loading={pending}
      onClick={start}
    >
      {props.label ?? "Requeue…"}
    </DeedButton>
  );
}

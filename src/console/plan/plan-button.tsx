"use client";

import { Button, Tooltip } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconRotateClockwise } from "@tabler/icons-react";
import type { Selection } from "../../triage/plans/plan-view.ts";
import { sentenceOf } from "../api-error.ts";
import { useMakePlan } from "./use-make-plan.ts";

/** Plans a requeue of a selection and opens the plan; nothing is requeued yet. The key r does the same. */
export function PlanButton(props: { selection: Selection; label?: string; filled?: boolean }) {
  const making = useMakePlan();
  const pending = making.isPending || making.isSuccess;
  const start = () => {
    if (pending) return;
    making.mutate(
      { selection: props.selection },
      {
        onError: (error) =>
          notifications.show({ color: "red", title: "No plan was made", message: sentenceOf(error) }),
      },
    );
  };
  useHotkeys([["r", start]]);
  return (
    <Tooltip label="Says first what it would do and cost (r)">
      <Button
        variant={props.filled === true ? "filled" : "default"}
        leftSection={<IconRotateClockwise size={14} stroke={1.8} aria-hidden="true" />}
        loading={pending}
        onClick={start}
      >
        {props.label ?? "Requeue…"}
      </Button>
    </Tooltip>
  );
}

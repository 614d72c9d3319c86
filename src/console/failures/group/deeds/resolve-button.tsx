"use client";

import { Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import type { FailureView } from "../../../../triage/failures/failure-view.ts";
import { DeedButton } from "../../../me/deed-button.tsx";
import { useMe } from "../../../me/me.tsx";
import type { useSetState } from "../use-set-state.ts";
import classes from "./resolve-button.module.css";
import { ResolveDialog } from "./resolve-dialog.tsx";

/** Resolves a group at once, or by the deployment that is to mend it. */
export function ResolveButton({
  group,
  change,
}: {
  group: FailureView;
  change: ReturnType<typeof useSetState>;
}) {
  const [asking, setAsking] = useState(false);
  const may = useMe().can("POST /api/v1/failures/{id}/state");
  return (
    <>
      <span className={classes.both}>
        <DeedButton
          deed="POST /api/v1/failures/{id}/state"
          hint="By the deployment that is at work now; a failure under it brings it back"
          className={classes.first ?? ""}
          loading={change.isPending}
          onClick={() => change.mutate({ state: "resolved" })}
        >
          Resolve
        </DeedButton>
        <Menu position="bottom-end" disabled={!may}>
          <Menu.Target>
            <DeedButton
              deed="POST /api/v1/failures/{id}/state"
              className={classes.second ?? ""}
              aria-label="Other ways to resolve it"
            >
              <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
            </DeedButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setAsking(true)}>Resolved by a deployment</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
      {asking && <ResolveDialog group={group} onClose={() => setAsking(false)} />}
    </>
  );
}

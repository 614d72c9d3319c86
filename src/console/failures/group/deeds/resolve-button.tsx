"use client";

import { Button, Menu, Tooltip } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import type { FailureView } from "../../../../triage/failures/failure-view.ts";
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
  return (
    <>
      <span className={classes.both}>
        <Tooltip label="By the deployment that is at work now; a failure under it brings it back">
          <Button
            className={classes.first ?? ""}
            loading={change.isPending}
            onClick={() => change.mutate({ state: "resolved" })}
          >
            Resolve
          </Button>
        </Tooltip>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button className={classes.second ?? ""} aria-label="Other ways to resolve it">
              <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
            </Button>
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

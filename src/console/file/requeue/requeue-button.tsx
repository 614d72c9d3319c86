"use client";

import { Button } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import { useState } from "react";
import type { FileView } from "../../../pipeline/files/file-view.ts";
import { useMe } from "../../me/me.tsx";
import { usePageKeys } from "../../shell/page-keys.ts";
import { refusalOf } from "./requeue.model.ts";
import { RequeueDialog } from "./requeue-dialog.tsx";

/** Lets a file be done again; while it cannot be, says why. */
export function RequeueButton(props: { file: FileView; onRun: (number: number) => void }) {
  const { file } = props;
  const [opened, setOpened] = useState(false);
  const run = file.runHistory[0];
  const role = useMe().refusal("POST /api/v1/files/{id}/requeue");
  const refusal = role ?? (run === undefined ? "It has no run yet." : refusalOf(file, run));
  const open = () => refusal === null && setOpened(true);
  usePageKeys([{ hotkey: "r", does: "Requeue the file", refusal, press: open }]);
  return (
    <>
      <Button
        variant={file.status === "failed" ? "filled" : "default"}
        leftSection={<IconRotateClockwise size={14} stroke={1.75} aria-hidden="true" />}
        // Not `disabled`: the reason must be reachable by key and pointer.
        {...(refusal !== null && { "data-disabled": true })}
        aria-disabled={refusal !== null}
        data-hint={refusal ?? "Do it again, or go on where it failed (r)"}
        aria-haspopup="dialog"
        onClick={open}
      >
        Requeue
      </Button>
      {opened && run !== undefined && (
        <RequeueDialog file={file} run={run} onClose={() => setOpened(false)} onRun={props.onRun} />
      )}
    </>
  );
}

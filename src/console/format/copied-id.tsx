"use client";

import { CopyButton, UnstyledButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import classes from "./copied-id.module.css";

/** An id that a click copies; `bare` where the place tells already what the id names. */
export function CopiedId({ label, id, bare = false }: { label: string; id: string; bare?: boolean }) {
  return (
    <CopyButton value={id} timeout={1500}>
      {({ copied, copy }) => (
        <UnstyledButton className={classes.id} onClick={copy}>
          <span className={classes.spoken}>{bare ? `Copy the ${label} ` : "Copy the "}</span>
          {!bare && <span className={classes.label}>{label} </span>}
          <code className={classes.code}>{id}</code>
          {copied ? (
            <IconCheck className={classes.done} size={14} stroke={1.75} aria-hidden="true" />
          ) : (
            <IconCopy size={14} stroke={1.75} aria-hidden="true" />
          )}
          <span className={classes.spoken} role="status">
            {copied ? "Copied" : ""}
          </span>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}

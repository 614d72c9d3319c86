"use client";

import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { sentenceOf } from "../api-error.ts";
import { formatAgo } from "../format/moment.ts";
import { useNow } from "../shell/now.tsx";
import classes from "./states.module.css";

/** Says that what is shown is old because the last refresh failed. */
export function StaleNotice(props: { error: unknown; readAtMs: number; onRetry: () => void }) {
  const age = formatAgo(new Date(props.readAtMs).toISOString(), useNow());
  return (
    <p className={classes.stale} role="status">
      <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
      <span>
        These figures are from {age}: the last refresh failed. {sentenceOf(props.error)}{" "}
        <UnstyledButton className={classes.retry} onClick={props.onRetry}>
          Try again
        </UnstyledButton>
      </span>
    </p>
  );
}

"use client";

import { MomentText } from "../format/moment-text.tsx";
import classes from "./queue-page.module.css";

/** When QStash said what is shown: an answer is shared for a few seconds. */
export function SaidLine({ readAt }: { readAt: string }) {
  return (
    <p className={classes.said}>
      As QStash said <MomentText at={readAt} />.
    </p>
  );
}

"use client";

import { MomentText } from "../format/moment-text.tsx";
import { ListTools } from "../list/list-tools.tsx";
import classes from "./queue-page.module.css";

/** When QStash said what is shown: an answer is shared for a few seconds. */
export function SaidLine({ readAt }: { readAt: string }) {
  return (
    <p className={classes.said}>
      As QStash said <MomentText at={readAt} />.
    </p>
  );
}

/** The same with what can be done with the list. @param props.path of the list in the API */
export function SaidTools({ readAt, path }: { readAt: string; path: string }) {
  return (
    <div className={classes.saidTools}>
      <SaidLine readAt={readAt} />
      <ListTools path={path} query={{}} />
    </div>
  );
}

"use client";

import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { MessageView } from "../../../pipeline/files/message-view.ts";
import { CopiedId } from "../../format/copied-id.tsx";
import { formatDuration } from "../../format/duration.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MessageAttempts } from "./message-attempts.tsx";
import { MessageStates } from "./message-states.tsx";
import { summaryOf } from "./messages.model.ts";
import classes from "./messages-tab.module.css";

/** A message in one line; opened, with its states and the attempts that its deliveries started. */
export function MessageCard(props: {
  fileId: string;
  message: MessageView;
  manyRuns: boolean;
  chosen: boolean;
  openAtFirst: boolean;
}) {
  const { message, chosen } = props;
  // What the reader has opened or closed stays so, whatever is read anew.
  const [open, setOpen] = useState(props.openAtFirst);
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) card.current?.scrollIntoView({ block: "center" });
  }, [chosen]);
  const { word, tone, tookMs } = summaryOf(message);
  return (
    <li ref={card} className={classes.message} data-chosen={chosen || undefined}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={classes.summary}>
          <IconChevronRight className={classes.chevron} size={14} stroke={1.75} aria-hidden="true" />
          <b className={classes.step}>
            {message.step}
            {message.shard > 0 && ` ${message.shard + 1}`}
          </b>
          <span className={classes.word} data-tone={tone}>
            {word}
          </span>
          {tookMs !== null && <span className={classes.took}>after {formatDuration(tookMs)}</span>}
          <span className={classes.sent}>
            {props.manyRuns && <>run {message.run}, </>}
            sent <MomentText at={message.publishedAt} />
          </span>
        </summary>
        <div className={classes.inside}>
          <div className={classes.ids}>
            <CopiedId label="message" id={message.messageId} />
            {message.dlqId !== null && <CopiedId label="dead letter" id={message.dlqId} />}
            {message.dispatch > 1 && <span>dispatch {message.dispatch}</span>}
          </div>
          <MessageStates states={message.states} />
          <MessageAttempts fileId={props.fileId} run={message.run} attempts={message.attempts} />
        </div>
      </details>
    </li>
  );
}

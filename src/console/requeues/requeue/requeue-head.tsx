"use client";

import { VisuallyHidden } from "@mantine/core";
import Link from "next/link";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { useNow } from "../../shell/now.tsx";
import { RequeueMark } from "../requeue-mark.tsx";
import { requeueWords } from "../requeue-words.ts";
import { canarySentence, stateSentence } from "./requeue.model.ts";
import { RequeueDeeds } from "./requeue-deeds.tsx";
import classes from "./requeue-head.module.css";

/** The name of a requeue, how it stands, and what can be done to it. */
export function RequeueHead({ requeue }: { requeue: RequeueView }) {
  const canary = canarySentence(requeue);
  return (
    <header className={classes.head}>
      <nav className={classes.crumbs} aria-label="Where this is">
        <Link href="/requeues">Requeues</Link>
      </nav>
      <div className={classes.line}>
        <h1 className={classes.name}>{requeue.name}</h1>
        <RequeueMark state={requeue.state} />
        <RequeueDeeds requeue={requeue} />
      </div>
      <p className={classes.sentence} data-state={requeue.state}>
        {stateSentence(requeue, useNow())}
      </p>
      {canary !== null && <p className={classes.quiet}>{canary}</p>}
      {/* The sentence moves on each second: to be read aloud is only that the state has changed. */}
      <VisuallyHidden role="status">{requeueWords[requeue.state]}</VisuallyHidden>
    </header>
  );
}

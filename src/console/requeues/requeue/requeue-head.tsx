"use client";

import { VisuallyHidden } from "@mantine/core";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { PageHead } from "../../page/page-head.tsx";
import { useNow } from "../../shell/now.tsx";
import { RequeueMark } from "../requeue-mark.tsx";
import { requeueWords } from "../requeue-words.ts";
import { canarySentence, stateSentence } from "./requeue.model.ts";
import { RequeueDeeds } from "./requeue-deeds.tsx";
import classes from "./requeue-head.module.css";

/** The name of a requeue, how it stands, and what can be done to it. */
export function RequeueHead({ requeue, readAtMs }: { requeue: RequeueView; readAtMs: number }) {
  const canary = canarySentence(requeue);
  return (
    <PageHead
      crumbs={[{ label: "Requeues", href: "/requeues" }]}
      title={requeue.name}
      mark={<RequeueMark state={requeue.state} />}
      readAtMs={readAtMs}
      actions={<RequeueDeeds requeue={requeue} />}
    >
      <p className={classes.sentence} data-state={requeue.state}>
        {stateSentence(requeue, useNow())}
      </p>
      {canary !== null && <p className={classes.quiet}>{canary}</p>}
      {/* The sentence moves on each second: to be read aloud is only that the state has changed. */}
      <VisuallyHidden role="status">{requeueWords[requeue.state]}</VisuallyHidden>
    </PageHead>
  );
}

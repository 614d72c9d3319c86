"use client";

import { TextInput } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import Link from "next/link";
import { type FormEvent, useRef, useState } from "react";
import type { PlanView } from "../../triage/plans/plan-view.ts";
import { sentenceOf } from "../api-error.ts";
import { formatCounted } from "../format/count.ts";
import { DeedButton } from "../me/deed-button.tsx";
import { useMe } from "../me/me.tsx";
import { PageHead } from "../page/page-head.tsx";
import { exclusionsText } from "../requeues/exclusion-words.ts";
import { usePageKeys } from "../shell/page-keys.ts";
import { changedSentence, filesToGo, planSentence } from "./plan.model.ts";
import classes from "./plan-head.module.css";
import { executedBefore, useExecute } from "./use-execute.ts";

/** The longest reason that the audit log keeps, in characters. */
const longestReason = 500;

/** What would happen, what has changed since, and the one button that lets it happen. */
export function PlanHead({ plan, readAtMs }: { plan: PlanView; readAtMs: number }) {
  const execute = useExecute(plan.id);
  const other = executedBefore(execute.error);
  return (
    <PageHead
      crumbs={[{ label: "Requeues", href: "/requeues" }, { label: "Plan" }]}
      title={plan.name}
      readAtMs={readAtMs}
    >
      <p className={classes.sentence} role="status">
        {planSentence(plan)}
      </p>
      <Notes plan={plan} />
      {other !== null && (
        <Executed requeueId={other} text="Somebody else has carried this plan out meanwhile." />
      )}
      {other === null && plan.requeueId !== null && (
        <Executed requeueId={plan.requeueId} text="This plan is carried out." />
      )}
      {other === null && plan.requeueId === null && plan.included > 0 && (
        <Execute plan={plan} execute={execute} />
      )}
    </PageHead>
  );
}

/** What is left out and why, what would wait, and what has changed since. */
function Notes({ plan }: { plan: PlanView }) {
  const changed = changedSentence(plan);
  return (
    <>
      {plan.excluded.length > 0 && <p className={classes.why}>Left out: {exclusionsText(plan.excluded)}.</p>}
      {plan.held > 0 && (
        <p className={classes.wait}>
          {formatCounted(plan.held, "file")} would wait for money, and go on by{" "}
          {plan.held === 1 ? "itself" : "themselves"} when there is some.
        </p>
      )}
      {changed !== null && plan.requeueId === null && <p className={classes.wait}>{changed}</p>}
    </>
  );
}

function Execute({ plan, execute }: { plan: PlanView; execute: ReturnType<typeof useExecute> }) {
  const button = useRef<HTMLButtonElement>(null);
  const [reason, setReason] = useState("");
  const refusal = useMe().refusal("POST /api/v1/plans/{id}/execute");
  const files = filesToGo(plan);
  usePageKeys([{ hotkey: "r", does: "Go to the button that carries the plan out", refusal, press: focus }]);
  function focus() {
    button.current?.focus();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (files > 0 && refusal === null && !execute.isPending && !execute.isSuccess)
      execute.mutate(reason.trim());
  }
  return (
    <form className={classes.deed} onSubmit={submit}>
      <TextInput
        className={classes.reason ?? ""}
        aria-label="Why (may be left out; kept in the audit log)"
        placeholder="Why (may be left out)"
        value={reason}
        maxLength={longestReason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <DeedButton
        deed="POST /api/v1/plans/{id}/execute"
        ref={button}
        type="submit"
        leftSection={<IconRotateClockwise size={14} stroke={1.75} aria-hidden="true" />}
        loading={execute.isPending || execute.isSuccess}
        disabled={files === 0}
      >
        Requeue {formatCounted(files, "file")}
      </DeedButton>
      {execute.error !== null && (
        <p className={classes.error} role="alert">
          {sentenceOf(execute.error)}
        </p>
      )}
    </form>
  );
}

function Executed({ requeueId, text }: { requeueId: string; text: string }) {
  return (
    <p className={classes.executed} role="status">
      {text} <Link href={`/requeues/${encodeURIComponent(requeueId)}`}>Open its requeue</Link>
    </p>
  );
}

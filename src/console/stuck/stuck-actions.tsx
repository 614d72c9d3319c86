"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import type { StuckStep } from "../../triage/stuck/stuck-view.ts";
import { DeedButton } from "../me/deed-button.tsx";
import { BreakerActions } from "../providers/breaker-actions.tsx";
import { newRequestKey } from "../request-key.ts";
import { GiveUpDialog } from "./give-up-dialog.tsx";
import { actionWords, stepText } from "./stuck.model.ts";
import classes from "./stuck-columns.module.css";
import { useActOnStep } from "./use-act-on-step.ts";

/** What can be done about a stuck step: each reason has its own. */
export function StuckActions({ step }: { step: StuckStep }) {
  const [givingUp, setGivingUp] = useState(false);
  const act = useActOnStep();
  const about = `${stepText(step)} of ${step.fileName}`;
  const look = lookOf(step);
  return (
    <div className={classes.deeds}>
      {look !== null && (
        <Button
          component={Link}
          href={look.href}
          variant="default"
          size="compact-sm"
          aria-label={`${look.text}: ${about}`}
        >
          {look.text}
        </Button>
      )}
      {step.provider !== null && <BreakerActions provider={step.provider} about={about} />}
      {step.actions
        .filter((action) => action !== "fail-now")
        .map((action) => (
          <DeedButton
            deed={`POST /api/v1/steps/{id}/${action}`}
            key={action}
            variant="default"
            size="compact-sm"
            loading={act.isPending}
            aria-label={`${actionWords[action]}: ${about}`}
            onClick={() => act.mutate({ step, action, reason: "", key: newRequestKey() })}
          >
            {actionWords[action]}
          </DeedButton>
        ))}
      {step.actions.includes("fail-now") && (
        <DeedButton
          deed="POST /api/v1/steps/{id}/fail-now"
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={`${actionWords["fail-now"]}: ${about}`}
          onClick={() => setGivingUp(true)}
        >
          {actionWords["fail-now"]}
        </DeedButton>
      )}
      {givingUp && <GiveUpDialog step={step} onClose={() => setGivingUp(false)} />}
    </div>
  );
}

/** Where to look at what holds a step that nobody can send on. */
function lookOf(step: StuckStep): { readonly href: string; readonly text: string } | null {
  if (step.budgetId !== null)
    return { href: `/budgets?budget=${encodeURIComponent(step.budgetId)}`, text: "Budget" };
  if (step.reason === "waiting-for-siblings" || step.reason === "running-long")
    return { href: traceHref(step), text: "Trace" };
  return null;
}

/** The trace of a stuck step's file. */
export function traceHref({ fileId }: StuckStep): string {
  return `/files/${encodeURIComponent(fileId)}?tab=trace`;
}

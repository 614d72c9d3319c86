"use client";

import { Checkbox, NumberInput, Select } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { PlanRequest, PlanView } from "../../triage/plans/plan-view.ts";
import { sentenceOf } from "../api-error.ts";
import { DeedButton } from "../me/deed-button.tsx";
import { PageSection } from "../page/page-section.tsx";
import { placeChoices, requestOf, sameRequest } from "./plan.model.ts";
import classes from "./plan-options.module.css";
import { useMakePlan } from "./use-make-plan.ts";

const graphChoices = [
  { value: "same", label: "As it was" },
  { value: "current", label: "The newest" },
];
const defaultCanary = { files: 10, succeedPercent: 90 };

/** From where and how it goes. A plan is frozen: what is chosen otherwise makes another one of the same selection. */
export function PlanOptions({ plan }: { plan: PlanView }) {
  const [asked, setAsked] = useState<PlanRequest>(() => requestOf(plan));
  const making = useMakePlan();
  const { canary } = asked.options;
  const same = sameRequest(asked, requestOf(plan));
  const change = (options: Partial<PlanRequest["options"]>) =>
    setAsked({ ...asked, options: { ...asked.options, ...options } });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!making.isPending) making.mutate(asked);
  }
  return (
    <PageSection title="Plan it otherwise">
      <form className={classes.form} onSubmit={submit}>
        <Select
          label="From"
          className={classes.place ?? ""}
          allowDeselect={false}
          data={placeChoices}
          value={asked.graph === "current" ? "start" : asked.from}
          disabled={asked.graph === "current"}
          onChange={(from) => setAsked({ ...asked, from: from ?? "failed" })}
        />
        <Select
          label="Graph"
          className={classes.field ?? ""}
          allowDeselect={false}
          data={graphChoices}
          value={asked.graph}
          onChange={(graph) =>
            setAsked(
              graph === "current"
                ? { ...asked, graph: "current", from: "start" }
                : { ...asked, graph: "same" },
            )
          }
        />
        <NumberInput
          label="At most a minute"
          className={classes.field ?? ""}
          size="xs"
          placeholder="no limit"
          min={1}
          max={60_000}
          allowDecimal={false}
          value={asked.options.perMinute ?? ""}
          onChange={(typed) => change({ perMinute: typed === "" ? null : Number(typed) })}
        />
        <NumberInput
          label="Canary"
          className={classes.field ?? ""}
          size="xs"
          placeholder="none"
          suffix={canary?.files === 1 ? " file" : " files"}
          min={1}
          max={1_000}
          allowDecimal={false}
          value={canary?.files ?? ""}
          onChange={(typed) =>
            change({
              canary: typed === "" ? null : { ...(canary ?? defaultCanary), files: Number(typed) },
            })
          }
        />
        <NumberInput
          label="Must succeed"
          className={classes.field ?? ""}
          size="xs"
          suffix=" %"
          min={1}
          max={100}
          allowDecimal={false}
          disabled={canary === null}
          value={canary?.succeedPercent ?? ""}
          onChange={(typed) =>
            canary !== null &&
            change({ canary: { ...canary, succeedPercent: Number(typed) || defaultCanary.succeedPercent } })
          }
        />
        <NumberInput
          label="Time for undo"
          className={classes.field ?? ""}
          size="xs"
          suffix=" s"
          min={0}
          max={3_600}
          allowDecimal={false}
          value={asked.options.undoSeconds}
          onChange={(typed) => change({ undoSeconds: Number(typed) || 0 })}
        />
        <Checkbox
          size="xs"
          className={classes.poison ?? ""}
          label="Poison too"
          checked={asked.options.includePoison}
          onChange={(event) => change({ includePoison: event.currentTarget.checked })}
        />
        <DeedButton
          deed="POST /api/v1/plans"
          type="submit"
          variant="default"
          loading={making.isPending || making.isSuccess}
        >
          {same ? "Plan anew" : "Plan it so"}
        </DeedButton>
        {making.error !== null && (
          <p className={classes.error} role="alert">
            {sentenceOf(making.error)}
          </p>
        )}
      </form>
    </PageSection>
  );
}

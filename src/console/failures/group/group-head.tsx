"use client";

import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { DeedButton } from "../../me/deed-button.tsx";
import { PageHead } from "../../page/page-head.tsx";
import { useNow } from "../../shell/now.tsx";
import { useTimeChoice } from "../../time/time-zone.tsx";
import { FailureMark } from "../failure-mark.tsx";
import { causeOf } from "../list/failures.model.ts";
import { IgnoreButton } from "./deeds/ignore-button.tsx";
import { RegroupDeeds } from "./deeds/regroup-deeds.tsx";
import { ResolveButton } from "./deeds/resolve-button.tsx";
import { stateSentence } from "./group.model.ts";
import classes from "./group-head.module.css";
import { GroupPlan } from "./group-plan.tsx";
import { useSetState } from "./use-set-state.ts";

/** What fails and where, how it stands, and what can be said of it. */
export function GroupHead({ group, readAtMs }: { group: FailureView; readAtMs: number }) {
  const change = useSetState(group.id);
  const wanted = group.state === "open" || group.state === "regressed";
  return (
    <PageHead
      crumbs={[{ label: "Failures", href: "/failures" }]}
      title={group.message}
      mark={<FailureMark state={group.state} />}
      readAtMs={readAtMs}
      actions={
        <>
          <RegroupDeeds group={group} />
          {group.standing > 0 && <GroupPlan id={group.id} />}
          {wanted ? (
            <>
              <IgnoreButton id={group.id} />
              <ResolveButton group={group} change={change} />
            </>
          ) : (
            <DeedButton
              deed="POST /api/v1/failures/{id}/state"
              variant="default"
              loading={change.isPending}
              onClick={() => change.mutate({ state: "open" })}
            >
              Open again
            </DeedButton>
          )}
        </>
      }
    >
      <p className={classes.cause}>{causeOf(group)}</p>
      <p className={classes.sentence}>
        {stateSentence(group, { now: useNow(), timeZone: useTimeChoice().timeZone })}
      </p>
      {change.error !== null && (
        <p className={classes.error} role="alert">
          {sentenceOf(change.error)}
        </p>
      )}
    </PageHead>
  );
}

"use client";

import { Button, Group } from "@mantine/core";
import Link from "next/link";
import type { FailureView } from "../../../triage/failures/failure-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { FailureMark } from "../failure-mark.tsx";
import { causeOf } from "../list/failures.model.ts";
import { RegroupDeeds } from "./deeds/regroup-deeds.tsx";
import { ResolveButton } from "./deeds/resolve-button.tsx";
import { stateSentence } from "./group.model.ts";
import classes from "./group-head.module.css";
import { GroupPlan } from "./group-plan.tsx";
import { useSetState } from "./use-set-state.ts";

/** What fails and where, how it stands, and what can be said of it. */
export function GroupHead({ group }: { group: FailureView }) {
  const change = useSetState(group.id);
  const wanted = group.state === "open" || group.state === "regressed";
  return (
    <header className={classes.head}>
      <nav className={classes.crumbs} aria-label="Where this is">
        <Link href="/failures">Failures</Link>
      </nav>
      <div className={classes.line}>
        <h1 className={classes.name}>{group.message}</h1>
        <FailureMark state={group.state} />
        <Group gap="xs" className={classes.deeds ?? ""}>
          <RegroupDeeds group={group} />
          {group.standing > 0 && <GroupPlan id={group.id} />}
          {wanted ? (
            <>
              <Button
                variant="default"
                loading={change.isPending}
                onClick={() => change.mutate({ state: "ignored" })}
              >
                Ignore
              </Button>
              <ResolveButton group={group} change={change} />
            </>
          ) : (
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() => change.mutate({ state: "open" })}
            >
              Open again
            </Button>
          )}
        </Group>
      </div>
      <p className={classes.cause}>{causeOf(group)}</p>
      <p className={classes.sentence}>{stateSentence(group)}</p>
      {change.error !== null && (
        <p className={classes.error} role="alert">
          {sentenceOf(change.error)}
        </p>
      )}
    </header>
  );
}

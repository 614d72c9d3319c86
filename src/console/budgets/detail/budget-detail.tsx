"use client";

import { Group, Skeleton } from "@mantine/core";
import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { sentenceOf } from "../../api-error.ts";
import { CopiedId } from "../../format/copied-id.tsx";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import { DeedButton } from "../../me/deed-button.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { useNow } from "../../shell/now.tsx";
import { courseQuery } from "../budgets.query.ts";
import type { Deed } from "../budgets-state.ts";
import { CourseChart } from "../course/course-chart.tsx";
import { FigureLink } from "../figure-link.tsx";
import { HeldSteps } from "../holds/held-steps.tsx";
import { settledHref } from "../list/budget-links.ts";
import { windowWords } from "../words/window-words.ts";
import classes from "./budget-detail.module.css";

/** All that is known of a budget: its window and alerts, its course, what it holds, and what can be done. */
export function BudgetDetail(props: { budget: ForecastBudget; onDeed: (deed: Deed) => void }) {
  const { budget, onDeed } = props;
  return (
    <>
      <div className={classes.head}>
        <BudgetFacts budget={budget} />
        <Group gap="xs" className={classes.deeds ?? ""}>
          <DeedButton
            deed="PATCH /api/v1/budgets/{id}"
            variant={budget.holds.count > 0 ? "filled" : "default"}
            onClick={() => onDeed("raise")}
          >
            Raise the limit
          </DeedButton>
          <DeedButton deed="PATCH /api/v1/budgets/{id}" variant="default" onClick={() => onDeed("change")}>
            Change
          </DeedButton>
          <DeedButton deed="DELETE /api/v1/budgets/{id}" variant="default" onClick={() => onDeed("remove")}>
            Remove
          </DeedButton>
        </Group>
      </div>
      {budget.scope !== "file" && <BudgetCourse budget={budget} />}
      <HeldSteps budget={budget} onRelease={() => onDeed("release")} />
    </>
  );
}

function BudgetCourse({ budget }: { budget: ForecastBudget }) {
  const course = useLiveQuery(courseQuery(budget.id));
  if (course.data !== undefined) return <CourseChart budget={budget} points={course.data} />;
  if (course.error === null) return <Skeleton height={196} />;
  return (
    <p className={classes.fault} role="alert">
      The course could not be read. {sentenceOf(course.error)}
    </p>
  );
}

function BudgetFacts({ budget }: { budget: ForecastBudget }) {
  const { at } = windowWords(budget, useNow());
  const crossed = new Map(budget.alerts.map((alert) => [alert.percent, alert.at]));
  const percents = [...new Set([...budget.thresholds, ...crossed.keys()])].sort((a, b) => a - b);
  return (
    <dl className={classes.facts}>
      {at !== null && (
        <div>
          <dt>Turns</dt>
          <dd>{at}</dd>
        </div>
      )}
      <div>
        <dt>Alerts at</dt>
        <dd className={classes.alerts}>
          {percents.length === 0 && "none"}
          {percents.map((percent) => {
            const when = crossed.get(percent);
            return (
              <span key={percent} data-crossed={when !== undefined}>
                {percent} %{when !== undefined && <> crossed {<MomentText at={when} />}</>}
              </span>
            );
          })}
        </dd>
      </div>
      {budget.unreservedNanoUsd !== "0" && (
        <div>
          <dt>Settled without a reservation</dt>
          <dd>
            <FigureLink href={settledHref(budget, true)}>
              <MoneyText nanoUsd={budget.unreservedNanoUsd} />
            </FigureLink>
          </dd>
        </div>
      )}
      <div>
        <dt>Made</dt>
        <dd>
          <MomentText at={budget.createdAt} />
        </dd>
      </div>
      <div>
        <dt>Id</dt>
        <dd>
          <CopiedId label="id of the budget" id={budget.id} bare />
        </dd>
      </div>
    </dl>
  );
}

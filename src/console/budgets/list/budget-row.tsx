"use client";

import { UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconPlayerPauseFilled } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { formatCounted } from "../../format/count.ts";
import { formatExact } from "../../format/moment.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { useNow } from "../../shell/now.tsx";
import { rowLink } from "../../shell/row-focus.ts";
import { useTimeChoice } from "../../time/time-zone.tsx";
import { BudgetBar } from "../bar/budget-bar.tsx";
import { forecastWords } from "../words/forecast-words.ts";
import { windowWords } from "../words/window-words.ts";
import { BudgetFigures } from "./budget-figures.tsx";
import classes from "./budget-row.module.css";

/** A budget in the list; what is known of it beyond this stands in `children` while it is open. */
export function BudgetRow(props: {
  budget: ForecastBudget;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}) {
  const { budget, open } = props;
  const detailId = `detail-${budget.id}`;
  return (
    <li className={classes.row} data-open={open}>
      <div className={classes.line}>
        <div className={classes.what}>
          <h2 className={classes.name}>
            <UnstyledButton
              className={classes.toggle}
              aria-expanded={open}
              aria-controls={open ? detailId : undefined}
              onClick={props.onToggle}
              {...rowLink}
            >
              <IconChevronRight className={classes.chevron} size={14} stroke={1.75} aria-hidden="true" />
              <span className={classes.label}>{budget.name}</span>
            </UnstyledButton>
          </h2>
          <p className={classes.kind}>
            <span className={classes.mode}>{budget.mode === "hard" ? "Hard" : "Soft, only tells"}</span>
            <WindowText budget={budget} />
          </p>
        </div>
        <div className={classes.money}>
          <BudgetBar budget={budget} />
          <BudgetFigures budget={budget} />
        </div>
        <div className={classes.state}>
          <HoldLine budget={budget} onOpen={open ? null : props.onToggle} />
          <ForecastLine budget={budget} />
        </div>
      </div>
      {open && (
        <section id={detailId} className={classes.detail} aria-label={budget.name}>
          {props.children}
        </section>
      )}
    </li>
  );
}

function WindowText({ budget }: { budget: ForecastBudget }) {
  const { line, at } = windowWords(budget, useNow());
  return <span data-hint={at ?? undefined}>{line}</span>;
}

function HoldLine({ budget, onOpen }: { budget: ForecastBudget; onOpen: (() => void) | null }) {
  const { count, oldestSince } = budget.holds;
  if (count === 0) return null;
  const text = `Holds ${formatCounted(count, "step")}`;
  return (
    <p className={classes.held}>
      <IconPlayerPauseFilled size={14} aria-hidden="true" />
      <span>
        {onOpen === null ? (
          <a className={classes.lead} href={`#holds-${budget.id}`}>
            {text}
          </a>
        ) : (
          <UnstyledButton className={classes.lead} onClick={onOpen}>
            {text}
          </UnstyledButton>
        )}
        {oldestSince !== null && (
          <>
            , first <MomentText at={oldestSince} />
          </>
        )}
      </span>
    </p>
  );
}

function ForecastLine({ budget }: { budget: ForecastBudget }) {
  const { timeZone } = useTimeChoice();
  const words = forecastWords(budget, useNow(), timeZone);
  if (words === null) return <NearestFile budget={budget} />;
  const usedUpAt = budget.forecast?.usedUpAt;
  return (
    <p
      className={classes.forecast}
      data-soon={words.soon}
      data-hint={usedUpAt ? formatExact(usedUpAt, timeZone) : undefined}
    >
      {words.text}
    </p>
  );
}

function NearestFile({ budget: { file, accounts } }: { budget: ForecastBudget }) {
  if (file === null) return <p className={classes.forecast}>No file under way.</p>;
  return (
    <p className={classes.forecast}>
      Nearest to it:{" "}
      <Link className={classes.file} href={`/files/${encodeURIComponent(file.id)}?tab=costs`}>
        {file.name}
      </Link>
      {accounts > 1 && `, of ${formatCounted(accounts, "file")} under way`}
    </p>
  );
}

"use client";

import Link from "next/link";
import type { StepFigures } from "../../triage/graph-versions/graph-version-view.ts";
import figure from "../budgets/costs/figure-table.module.css";
import { FigureTable } from "../budgets/costs/figure-table.tsx";
import { ledgerLink } from "../budgets/ledger/ledger-link.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { MoneyText } from "../format/money-text.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import { rowLink } from "../shell/row-focus.ts";
import { type DrawnGraph, fanOutText, needsText } from "./graph-diff.model.ts";
import classes from "./pipeline-page.module.css";
import { diffWords, failuresHref, faultShare, tookText } from "./step-words.ts";

const head = [
  { text: "Step" },
  { text: "Needs", wide: true },
  { text: "Done", wide: true },
  { text: "Tries", number: true, wide: true },
  { text: "Time limit", number: true, wide: true },
  { text: "p50", number: true, wide: true },
  { text: "p95", number: true },
  { text: "Faults", number: true },
  { text: "Cost", number: true },
];

/** The drawing in words and figures: each step in the order of the graph. */
export function StepsTable(props: {
  drawn: DrawnGraph;
  figures: readonly StepFigures[];
  /** From when on the figures are, ISO 8601. */
  from: string;
  open: string | null;
  onOpen: (step: string) => void;
}) {
  return (
    <FigureTable
      title="Steps"
      note="Faults, the share of attempts that came to nothing, and costs are sums over all versions; durations are told from the newest 2,000 attempts that succeeded in that time."
      beside={
        <ExportMenu label="Export the steps" path="/api/v1/step-figures" query={{ from: props.from }} />
      }
      head={head}
    >
      {props.drawn.steps.map(({ step, kind }) => {
        const figures = props.figures.find((each) => each.step === step.name);
        return (
          <tr key={step.name}>
            <td>
              <button
                type="button"
                className={classes.step}
                aria-pressed={props.open === step.name}
                onClick={() => props.onOpen(step.name)}
                {...rowLink}
              >
                {step.name}
              </button>
              {kind !== "same" && <span className={classes.quiet}> {diffWords[kind].word}</span>}
            </td>
            <td className={figure.wide}>{needsText(step)}</td>
            <td className={figure.wide}>{fanOutText(step)}</td>
            <td className={`${figure.number} ${figure.wide}`}>{formatCount(step.maxAttempts)}</td>
            <td className={`${figure.number} ${figure.wide}`}>{formatDuration(step.timeLimitMs)}</td>
            <td className={`${figure.number} ${figure.wide}`}>{tookText(figures?.p50Ms) ?? "–"}</td>
            <td className={figure.number}>{tookText(figures?.p95Ms) ?? "–"}</td>
            <td className={figure.number}>
              {figures === undefined || figures.cameToNothing === 0 ? (
                (faultShare(figures) ?? "–")
              ) : (
                <Link href={failuresHref(step.name)}>{faultShare(figures)}</Link>
              )}
            </td>
            <td className={figure.number}>
              {figures === undefined ? (
                "–"
              ) : (
                <Link href={ledgerLink({ step: [step.name], from: props.from })}>
                  <MoneyText nanoUsd={figures.nanoUsd} />
                </Link>
              )}
            </td>
          </tr>
        );
      })}
    </FigureTable>
  );
}

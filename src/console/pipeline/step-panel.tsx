import { Button, CloseButton } from "@mantine/core";
import Link from "next/link";
import type { StepFigures } from "../../triage/graph-versions/graph-version-view.ts";
import { ledgerLink } from "../budgets/ledger/ledger-link.ts";
import { formatCounted } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { Fact, FactRow } from "../format/fact-row.tsx";
import { MoneyText } from "../format/money-text.tsx";
import { PageSection } from "../page/page-section.tsx";
import { type DiffStep, fanOutText, needsText } from "./graph-diff.model.ts";
import classes from "./pipeline-page.module.css";
import { failuresHref, faultShare, tookText } from "./step-words.ts";

/** What is known of the step that is open, and where its failures, files and costs are. */
export function StepPanel(props: {
  drawn: DiffStep;
  figures: StepFigures | undefined;
  /** From when on the figures are, ISO 8601. */
  from: string | null;
  onClose: () => void;
}) {
  const { drawn, figures, from } = props;
  const { step } = drawn;
  const faults = faultShare(figures);
  return (
    <PageSection
      title={`Step ${step.name}`}
      beside={<CloseButton size="sm" aria-label="Close the step" onClick={props.onClose} />}
    >
      <div className={classes.facts}>
        <FactRow>
          <Fact name="Needs">{needsText(step)}</Fact>
          <Fact name="Done">{fanOutText(step)}</Fact>
          <Fact name="May be tried">{formatCounted(step.maxAttempts, "time")}</Fact>
          <Fact name="Time limit of a try">{formatDuration(step.timeLimitMs)}</Fact>
          <Fact name="Pays for">{step.meters.join(", ") || "nothing"}</Fact>
        </FactRow>
        {figures !== undefined && (
          <FactRow>
            <Fact name="Attempts">{formatCounted(figures.attempts, "attempt")}</Fact>
            <Fact name="Came to nothing">
              {formatCounted(figures.cameToNothing, "attempt")}
              {faults !== null && `, ${faults}`}
            </Fact>
            <Fact name="p50 / p95">
              {tookText(figures.p50Ms) ?? "–"} / {tookText(figures.p95Ms) ?? "–"}
            </Fact>
            <Fact name="Cost">
              <MoneyText nanoUsd={figures.nanoUsd} />
            </Fact>
            <Fact name="Of that for nothing">
              <MoneyText nanoUsd={figures.wasteNanoUsd} />
            </Fact>
          </FactRow>
        )}
      </div>
      <div className={classes.ways}>
        <Way href={failuresHref(step.name)} text="Failures" />
        <Way href={`/stuck?step=${encodeURIComponent(step.name)}`} text="Files stuck at it" />
        <Way href={ledgerLink({ step: [step.name], from })} text="Costs" />
        <Way href={ledgerLink({ step: [step.name], from, waste: ["any"] })} text="Costs for nothing" />
      </div>
    </PageSection>
  );
}

function Way({ href, text }: { href: string; text: string }) {
  return (
    <Button component={Link} href={href} variant="default" size="compact-sm">
      {text}
    </Button>
  );
}

import type { RequeueSummary } from "../../triage/requeues/requeue-view.ts";
import { barParts, barText } from "./progress.model.ts";
import classes from "./progress-bar.module.css";

/** How far a requeue has come: what succeeded, failed again and was skipped, what is on its way, what is not sent. */
export function ProgressBar({ counts, slim = false }: { counts: RequeueSummary["counts"]; slim?: boolean }) {
  return (
    <span className={classes.bar} data-slim={slim} role="img" aria-label={barText(counts)}>
      {barParts(counts).map(({ outcome, share }) => (
        <span key={outcome} className={classes.part} data-outcome={outcome} style={{ flexGrow: share }} />
      ))}
    </span>
  );
}

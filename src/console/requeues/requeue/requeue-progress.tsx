import type { RequeueOutcome } from "../../../db/requeue-states.ts";
import type { RequeueView } from "../../../triage/requeues/requeue-view.ts";
import { formatCount } from "../../format/count.ts";
import { ProgressBar } from "../progress-bar.tsx";
import { outcomesInOrder, outcomeWords } from "../requeue-words.ts";
import classes from "./requeue-progress.module.css";

/** The bar with its counts; each count leads to its files. All stand there from the start, so that none moves. */
export function RequeueProgress(props: {
  requeue: RequeueView;
  chosen: RequeueOutcome | null;
  onChoose: (outcome: RequeueOutcome | null) => void;
}) {
  const { counts } = props.requeue;
  return (
    <section className={classes.progress} aria-label="Progress">
      <ProgressBar counts={counts} />
      <ul className={classes.counts}>
        {outcomesInOrder.map((outcome) => (
          <li key={outcome}>
            <button
              type="button"
              className={classes.count}
              data-none={counts[outcome] === 0}
              aria-pressed={props.chosen === outcome}
              onClick={() => props.onChoose(props.chosen === outcome ? null : outcome)}
            >
              <span className={classes.swatch} data-outcome={outcome} aria-hidden="true" />
              <span className={classes.figure}>{formatCount(counts[outcome])}</span>
              <span>{outcomeWords[outcome]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

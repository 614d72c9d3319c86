import { formatCounted } from "../format/count.ts";
import page from "../page/page-section.module.css";
import { PageSection } from "../page/page-section.tsx";
import classes from "./difference-list.module.css";
import { countDiffering, type DiffStep, type DrawnGraph, fanOutText, needsText } from "./graph-diff.model.ts";
import { diffWords } from "./step-words.ts";

/** What differs between two versions, in words: steps that are new, gone or changed. */
export function DifferenceList(props: { before: number; after: number; drawn: DrawnGraph }) {
  const { before, after, drawn } = props;
  const differing = drawn.steps.filter(({ kind }) => kind !== "same");
  return (
    <PageSection
      title={`From version ${before} to version ${after}`}
      beside={<span className={page.quiet}>{formatCounted(countDiffering(drawn), "step")} differ</span>}
    >
      {differing.length === 0 && (
        <p className={page.quiet}>The two have the same steps, needs, tries, time limits and meters.</p>
      )}
      <ul className={classes.list} aria-label="Differences">
        {differing.map((step) => (
          <li key={step.step.name} className={classes.step} data-kind={step.kind}>
            <span className={classes.what}>
              <span className={classes.sign} aria-hidden="true">
                {diffWords[step.kind].sign}
              </span>
              {step.step.name} <span className={classes.word}>{diffWords[step.kind].word}</span>
            </span>
            <Lines step={step} />
          </li>
        ))}
      </ul>
    </PageSection>
  );
}

function Lines({ step: { step, kind, changes } }: { step: DiffStep }) {
  if (kind !== "changed")
    return (
      <p className={page.quiet}>
        {fanOutText(step)}; needs {needsText(step)}
      </p>
    );
  return (
    <dl className={classes.changes}>
      {changes.map((change) => (
        <div key={change.what}>
          <dt>{change.what}</dt>
          <dd>
            <del>{change.before}</del> <span aria-hidden="true">→</span> <ins>{change.after}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

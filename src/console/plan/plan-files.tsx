"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { Exclusion } from "../../db/requeue-states.ts";
import type { PlanFile, PlanView } from "../../triage/plans/plan-view.ts";
import { ChoiceRow } from "../budgets/choice-row.tsx";
import { ListPager } from "../paging/list-pager.tsx";
import { exclusionWords } from "../requeues/exclusion-words.ts";
import { rowLink } from "../shell/row-focus.ts";
import { FailureState } from "../states/failure-state.tsx";
import list from "../table/list-table.module.css";
import { rangeText } from "./plan.model.ts";
import { planFilesQuery } from "./plan.query.ts";
import classes from "./plan-files.module.css";
import page from "./plan-page.module.css";
import { planState } from "./plan-state.ts";

/** The frozen list: all files, or those that are left out for a reason. */
export function PlanFiles({ plan }: { plan: PlanView }) {
  const [{ excluded, cursor }, setState] = useQueryStates(planState);
  const choices = [
    { value: "all" as const, label: "All", count: plan.selected },
    ...plan.excluded.map(({ reason, files }) => ({
      value: reason,
      label: exclusionWords[reason].name,
      count: files,
    })),
  ];
  if (plan.selected === 0) return null;
  return (
    <section aria-labelledby="plan-files">
      <div className={classes.head}>
        <h2 id="plan-files" className={page.heading}>
          Files
        </h2>
        {plan.excluded.length > 0 && (
          <ChoiceRow<Exclusion | "all">
            legend="Left out because"
            choices={choices}
            value={excluded ?? "all"}
            onChange={(next) =>
              void setState({ excluded: next === "all" ? null : next, cursor: null }, { history: "push" })
            }
          />
        )}
      </div>
      <Result
        id={plan.id}
        excluded={excluded}
        cursor={cursor}
        onCursor={(next) => void setState({ cursor: next }, { history: "push" })}
      />
    </section>
  );
}

function Result(props: {
  id: string;
  excluded: Exclusion | null;
  cursor: string | null;
  onCursor: (cursor: string | null) => void;
}) {
  const { id, excluded, cursor } = props;
  const files = useQuery(planFilesQuery(id, { excluded, cursor }));
  if (files.data === undefined) {
    if (files.error === null) return <Skeleton height={220} />;
    return (
      <FailureState
        title="The files could not be read"
        error={files.error}
        onRetry={() => void files.refetch()}
      />
    );
  }
  const { items, nextCursor } = files.data;
  return (
    <>
      {items.length === 0 ? (
        <p className={list.quiet}>No file is left out for this reason.</p>
      ) : (
        <Table files={items} dimmed={files.isPlaceholderData} />
      )}
      <ListPager
        words={["file", "files"]}
        cursor={cursor}
        nextCursor={nextCursor}
        count={items.length}
        onCursor={props.onCursor}
      />
    </>
  );
}

function Table({ files, dimmed }: { files: readonly PlanFile[]; dimmed: boolean }) {
  return (
    <table className={list.table} data-dimmed={dimmed} aria-busy={dimmed}>
      <caption className={list.spoken}>Files of the plan</caption>
      <thead>
        <tr>
          <th>Name</th>
          <th className={`${classes.project} ${list.wide}`}>Project</th>
          <th className={`${classes.fate} ${list.wide}`}>Would be</th>
          <th className={`${classes.cost} ${list.number}`}>Cost</th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <Row key={file.fileId} file={file} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ file }: { file: PlanFile }) {
  const name = file.name ?? file.fileId;
  return (
    <tr className={list.row} data-left-out={file.excluded !== null}>
      <td>
        {file.name === null ? (
          <span className={classes.gone}>{name}</span>
        ) : (
          <Link
            href={`/files/${encodeURIComponent(file.fileId)}`}
            className={list.link}
            title={name}
            {...rowLink}
          >
            {name}
          </Link>
        )}
        {file.excluded !== null && <p className={`${list.below} ${classes.narrow}`}>{fateOf(file)}</p>}
      </td>
      <td className={`${classes.project} ${list.wide} ${list.quiet}`}>{file.project ?? "–"}</td>
      <td className={`${classes.fate} ${list.wide}`}>{fateOf(file)}</td>
      <td className={`${classes.cost} ${list.number} ${list.quiet}`}>
        {file.excluded === null ? rangeText(file) : "–"}
      </td>
    </tr>
  );
}

function fateOf({ excluded }: PlanFile): string {
  return excluded === null ? "Requeued" : `Left out: ${exclusionWords[excluded].name.toLowerCase()}`;
}

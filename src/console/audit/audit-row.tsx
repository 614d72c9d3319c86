"use client";

import { UnstyledButton } from "@mantine/core";
import Link from "next/link";
import type { Ref } from "react";
import type { AuditEntryView } from "../../triage/audit/audit-view.ts";
import folding from "../budgets/folding-table.module.css";
import { UnfoldTime } from "../budgets/unfold-time.tsx";
import { actionWords } from "./action-words.ts";
import classes from "./audit-table.module.css";
import { deviceWords } from "./device-words.ts";
import { tellingLine } from "./facts.model.ts";
import { subjectLinks } from "./subject-links.model.ts";

/** One entry. The row unfolds what stood before and after. */
export function AuditRow(props: {
  entry: AuditEntryView;
  unfolded: boolean;
  /** Takes the row, to be scrolled to. */
  shown: Ref<HTMLTableRowElement>;
  onUnfold: () => void;
  onWho: () => void;
}) {
  const { entry, unfolded } = props;
  const [subject] = subjectLinks(entry);
  const line = tellingLine(entry);
  return (
    <tr className={folding.row} ref={props.shown}>
      <td className={classes.time}>
        <UnfoldTime
          at={entry.at}
          unfolded={unfolded}
          what={actionWords[entry.action]}
          onUnfold={props.onUnfold}
        />
      </td>
      <td className={classes.who}>
        <UnstyledButton
          className={classes.name}
          onClick={props.onWho}
          title={`Show what ${entry.keyName} did`}
        >
          {entry.keyName}
        </UnstyledButton>
      </td>
      <td className={classes.what}>
        <span className={classes.deed}>{actionWords[entry.action]}</span>
        {subject !== undefined && (
          <>
            {" · "}
            <Link href={subject.href} className={classes.subject}>
              {subject.text}
            </Link>
          </>
        )}
        {line !== "" && <p className={classes.quiet}>{line}</p>}
      </td>
      <td className={classes.why}>{entry.reason ?? <span className={classes.none}>no reason given</span>}</td>
      <td className={classes.from}>
        <span title={entry.userAgent ?? undefined}>{deviceWords(entry.userAgent) ?? "unknown"}</span>
        <p className={classes.quiet}>
          {entry.via === "key" ? "by API key" : "signed in"}
          {entry.addressHash !== null && (
            <>
              {" · "}
              <code title="The address as a keyed hash: the same address has the same one">
                {entry.addressHash.slice(0, 8)}
              </code>
            </>
          )}
        </p>
      </td>
    </tr>
  );
}

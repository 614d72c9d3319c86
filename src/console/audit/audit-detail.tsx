"use client";

import Link from "next/link";
import type { AuditEntryView } from "../../triage/audit/audit-view.ts";
import folding from "../budgets/folding-table.module.css";
import { CopiedId } from "../format/copied-id.tsx";
import { Fact, FactRow } from "../format/fact-row.tsx";
import { formatLocal, formatUtc } from "../format/moment.ts";
import { PayloadText } from "../format/payload-text.tsx";
import classes from "./audit-detail.module.css";
import { type FactChange, factChanges, factList } from "./facts.model.ts";
import { subjectLinks } from "./subject-links.model.ts";

/** Everything that is known of an entry: what was asked for, and what stood before and after. */
export function AuditDetail({ entry }: { entry: AuditEntryView }) {
  const changes = factChanges(entry);
  const links = subjectLinks(entry);
  return (
    <tr className={folding.unfolded}>
      <td colSpan={5} className={classes.cell}>
        <div className={classes.parts}>
          {changes.length > 0 && <Changes changes={changes} />}
          <div className={classes.beside}>
            <FactRow>
              {factList(entry.request).map(({ key, name, text }) => (
                <Fact key={key} name={`Asked: ${name.toLowerCase()}`}>
                  <PayloadText text={text} />
                </Fact>
              ))}
            </FactRow>
            <FactRow>
              <Fact name="When">
                {formatUtc(entry.at)}
                <br />
                {formatLocal(entry.at)}
              </Fact>
              <Fact name="Sent by">{entry.userAgent ?? "nothing was said"}</Fact>
            </FactRow>
            {links.length > 0 && (
              <ul className={classes.links} aria-label="What it is about">
                {links.map(({ href, text }) => (
                  <li key={href}>
                    <Link href={href}>{text}</Link>
                  </li>
                ))}
              </ul>
            )}
          </div>
        </div>
        <div className={classes.ids}>
          <CopiedId label="entry" id={entry.id} />
          <CopiedId label="who" id={entry.keyId} />
          {entry.fileId !== null && <CopiedId label="file" id={entry.fileId} />}
          {entry.addressHash !== null && <CopiedId label="address hash" id={entry.addressHash} />}
        </div>
      </td>
    </tr>
  );
}

const words = {
  changed: "changed",
  "after-only": "new",
  "before-only": "before only",
  same: "same",
} as const;

function Changes({ changes }: { changes: readonly FactChange[] }) {
  return (
    <table className={classes.changes}>
      <caption className={folding.spoken}>What stood before and after</caption>
      <thead>
        <tr>
          <th>Fact</th>
          <th>Before</th>
          <th>After</th>
          <th>
            <span className={folding.spoken}>How they differ</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ key, name, before, after, kind }) => (
          <tr key={key} data-kind={kind}>
            <th scope="row">{name}</th>
            <td className={classes.before}>
              <PayloadText text={before ?? "–"} />
            </td>
            <td className={classes.after}>
              <PayloadText text={after ?? "–"} />
            </td>
            <td className={classes.kind}>{words[kind]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import Link from "next/link";
import { poisonAfter } from "../../../db/failure-states.ts";
import type { FailedFile } from "../../../triage/failures/failure-view.ts";
import { formatBytes, formatCount } from "../../format/count.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { rowLink } from "../../shell/row-focus.ts";
import list from "../../table/list-table.module.css";
import classes from "./group-files.module.css";

const poisonSentence = `It has failed so ${poisonAfter} times in a row or more: another try will hardly help.`;

/** A page of a group's files; each row is one link. */
export function GroupFilesTable({ files, dimmed }: { files: readonly FailedFile[]; dimmed: boolean }) {
  return (
    <table className={list.table} data-dimmed={dimmed} aria-busy={dimmed}>
      <caption className={list.spoken}>Files of the failure, the newest failure first</caption>
      <thead>
        <tr>
          <th>Name</th>
          <th className={`${classes.project} ${list.wide}`}>Project</th>
          <th className={`${classes.count} ${list.number} ${list.wide}`}>Size</th>
          <th className={`${classes.count} ${list.number}`}>In a row</th>
          <th className={`${classes.age} ${list.number}`}>Failed</th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <tr key={file.fileId} className={list.row}>
            <td>
              <Link
                href={`/files/${encodeURIComponent(file.fileId)}`}
                className={list.link}
                title={file.name}
                {...rowLink}
              >
                {file.name}
              </Link>
              {!file.standing && <p className={list.below}>has gone on since: {file.status}</p>}
            </td>
            <td className={`${classes.project} ${list.wide} ${list.quiet}`}>{file.project}</td>
            <td className={`${classes.count} ${list.number} ${list.wide} ${list.quiet}`}>
              {formatBytes(file.bytes)}
            </td>
            <td className={`${classes.count} ${list.number}`}>
              {file.poison && (
                <span className={classes.poison} title={poisonSentence}>
                  poison
                </span>
              )}
              {formatCount(file.times)}
            </td>
            <td className={`${classes.age} ${list.number} ${list.quiet}`}>
              <MomentText at={file.lastFailedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import Link from "next/link";
import type { RequeueFile } from "../../../triage/requeues/requeue-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { MoneyText } from "../../format/money-text.tsx";
import { rowLink } from "../../shell/row-focus.ts";
import list from "../../table/list-table.module.css";
import { exclusionWords } from "../exclusion-words.ts";
import { outcomeWords } from "../requeue-words.ts";
import classes from "./requeue-files-table.module.css";

/** A page of the files of a requeue; each row is one link. */
export function RequeueFilesTable({ files, dimmed }: { files: readonly RequeueFile[]; dimmed: boolean }) {
  return (
    <table className={list.table} data-dimmed={dimmed} aria-busy={dimmed}>
      <caption className={list.spoken}>Files of the requeue</caption>
      <thead>
        <tr>
          <th>Name</th>
          <th className={`${classes.project} ${list.wide}`}>Project</th>
          <th className={classes.outcome}>Outcome</th>
          <th className={`${classes.cost} ${list.number} ${list.wide}`}>Cost</th>
          <th className={`${classes.age} ${list.number}`}>Ended</th>
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

function Row({ file }: { file: RequeueFile }) {
  return (
    <tr className={list.row}>
      <td>
        {file.name === null ? (
          <span className={classes.gone}>{file.fileId}</span>
        ) : (
          <Link
            href={`/files/${encodeURIComponent(file.fileId)}`}
            className={list.link}
            title={file.name}
            {...rowLink}
          >
            {file.name}
          </Link>
        )}
      </td>
      <td className={`${classes.project} ${list.wide} ${list.quiet}`}>{file.project ?? "–"}</td>
      <td className={classes.outcome} data-outcome={file.outcome}>
        {file.failedGroupId === null ? (
          outcomeWords[file.outcome]
        ) : (
          <Link href={`/failures/${encodeURIComponent(file.failedGroupId)}`} className={list.above}>
            {outcomeWords[file.outcome]}
          </Link>
        )}
        {file.canary && <span className={classes.canary}>, canary</span>}
        {file.skipped !== null && <p className={list.below}>it {exclusionWords[file.skipped].one}</p>}
      </td>
      <td className={`${classes.cost} ${list.number} ${list.wide}`}>
        <MoneyText nanoUsd={file.costNanoUsd} />
      </td>
      <td className={`${classes.age} ${list.number} ${list.quiet}`}>
        {file.finishedAt === null ? "–" : <MomentText at={file.finishedAt} />}
      </td>
    </tr>
  );
}

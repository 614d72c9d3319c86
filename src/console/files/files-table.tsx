"use client";

import Link from "next/link";
import type { FileSummary } from "../../pipeline/files/file-view.ts";
import { formatBytes, formatCount } from "../format/count.ts";
import { MomentText } from "../format/moment-text.tsx";
import { MoneyText } from "../format/money-text.tsx";
import { rowLink } from "../shell/row-focus.ts";
import { StatusMark } from "../status/status-mark.tsx";
import { failureLine, measuresLine } from "./files.model.ts";
import classes from "./files-table.module.css";

/** The head of the list; its columns hold for the rows and for the skeleton. */
export function FilesTableHead() {
  return (
    <thead>
      <tr>
        <th className={classes.status}>Status</th>
        <th className={classes.name}>Name</th>
        <th className={classes.project}>Project</th>
        <th className={classes.measure}>Size</th>
        <th className={classes.measure}>Pages</th>
        <th className={classes.measure}>Chunks</th>
        <th className={classes.measure}>Attempts</th>
        <th className={classes.cost}>Cost</th>
        <th className={classes.age}>Added</th>
      </tr>
    </thead>
  );
}

/** A page of files; each row is one link. */
export function FilesTable({ files, dimmed }: { files: readonly FileSummary[]; dimmed: boolean }) {
  return (
    <table className={classes.table} data-dimmed={dimmed} aria-busy={dimmed}>
      <caption className={classes.caption}>Files, newest first</caption>
      <FilesTableHead />
      <tbody>
        {files.map((file) => (
          <FileRow key={file.id} file={file} />
        ))}
      </tbody>
    </table>
  );
}

function FileRow({ file }: { file: FileSummary }) {
  const failure = failureLine(file);
  return (
    <tr className={classes.row} data-status={file.status}>
      <td className={classes.status}>
        <StatusMark state={file.status} />
      </td>
      <td className={classes.name}>
        <Link href={`/files/${file.id}`} className={classes.link} title={file.name} {...rowLink}>
          {file.name}
        </Link>
        {failure && (
          <p className={classes.failure}>
            <b>{failure.step}</b> {failure.sentence}
          </p>
        )}
        <p className={classes.measures}>{measuresLine(file)}</p>
      </td>
      <td className={classes.project}>{file.project}</td>
      <td className={classes.measure}>{formatBytes(file.bytes)}</td>
      <td className={classes.measure}>{orDash(file.pages)}</td>
      <td className={classes.measure}>{orDash(file.chunks)}</td>
      <td className={classes.measure}>{formatCount(file.attempts)}</td>
      <td className={classes.cost}>
        <MoneyText nanoUsd={file.costNanoUsd} />
      </td>
      <td className={classes.age}>
        <MomentText at={file.createdAt} />
      </td>
    </tr>
  );
}

function orDash(value: number | null) {
  if (value !== null) return formatCount(value);
  return (
    <span className={classes.unknown}>
      <span aria-hidden="true">–</span>
      <span className={classes.caption}>none</span>
    </span>
  );
}
